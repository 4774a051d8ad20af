import { useCallback, useEffect, useRef, useState } from 'react';
import { askAbout, saveChange, scopesOf } from '../event-changes';
import type { EventChange } from '../event-changes';
import type { CalendarEvent } from '../graphql/types';
import { formatWhen } from '../time/format';
import { showToast } from '../ui/Toast';
import { weekMessages } from './messages';
import { areSameTimes } from './reschedule';
import type { NewTimes } from './reschedule';

/** Where an event would go, shown while it is being moved and until it has been asked for. */
export interface Ghost {
  event: CalendarEvent;
  times: NewTimes;
  /** A hand knows where it is; what keys move is kept in sight. */
  isByKeys?: boolean;
}

/** What moving with the pointer and with the keyboard have in common. */
export function useReschedule(zone: string) {
  const [ghost, setGhost] = useState<Ghost>();
  const [words, setWords] = useState('');
  const focusId = useRef<string>();
  const isAsking = useRef(false);

  const drop = useCallback(
    async ({ event, times }: Ghost) => {
      if (isAsking.current) return;
      isAsking.current = true;
      const change = areSameTimes(event, times) ? undefined : await askedChange(event, times);
      isAsking.current = false;
      setGhost(undefined);
      if (!change) return;
      setWords(weekMessages.movedTo(formatWhen({ ...event, ...times }, zone)));
      const outcome = await saveChange(change);
      focusId.current = undefined;
      if (outcome.kind !== 'refused' && outcome.kind !== 'unreached') return;
      setWords('');
      showToast(outcome.message, 'danger', { milliseconds: 10_000 });
    },
    [zone],
  );

  /** An event that moves to another day is another element: the focus goes along. */
  const keepFocus = useCallback((id: string) => {
    focusId.current = id;
  }, []);
  useEffect(() => {
    if (!focusId.current || ghost || document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(`.week [data-event-id="${CSS.escape(focusId.current)}"]`)?.focus();
    focusId.current = undefined;
  });

  return { ghost, setGhost, drop, isAsking, words, announce: setWords, keepFocus };
}

export type Rescheduling = ReturnType<typeof useReschedule>;

/** The change that gives an event other times; `undefined` when a person would rather not. */
async function askedChange(event: CalendarEvent, times: NewTimes): Promise<EventChange | undefined> {
  const input = { startsAt: times.startsAt, endsAt: times.endsAt, sendInvitations: true };
  if (!event.recurringEventId) return { event, input };
  const answer = await askAbout({
    title: weekMessages.askWhichToMove,
    scopes: scopesOf(false),
    confirmLabel: weekMessages.move,
  });
  return answer && { event, input, scope: answer.scope };
}
