import { useEffect } from 'react';
import { useCanCreateEvents } from '../../auth/featureFlags';
import { useSession } from '../../auth/sessionState';
import { eventMessages } from '../../calendar/messages';
import { Link } from '../../routing/router';
import { useStore } from '../../state/store';
import { Notice } from '../../ui/EmptyState';
import { ownAccounts } from '../accounts';
import { useCreateCalendarEvent } from '../hooks/useCreateCalendarEvent';
import { composerMessages, createMessages } from '../messages';
import { calendarComposerState, closeComposer } from '../states/calendarComposerState';
import type { OpenComposer } from '../types/CalendarComposerTypes';
import { ComposerModal, useOpenComposer } from './ComposerModal';

/** Shown whenever the composer's store is open for a new event, wherever in the app that happened. */
export function CalendarEventCreateModal() {
  const { member } = useSession();
  const any = useStore(calendarComposerState);
  const state = useOpenComposer(member.id);
  const isOtherMembers = any.isOpen && !state;
  useEffect(() => {
    if (isOtherMembers) closeComposer();
  }, [isOtherMembers]);
  return state && !state.editing ? <NewEvent key={state.idempotencyKey} state={state} /> : null;
}

function NewEvent({ state }: { state: OpenComposer }) {
  const accounts = ownAccounts(useSession());
  const canCreate = useCanCreateEvents();
  const create = useCreateCalendarEvent();
  return (
    <ComposerModal
      state={state}
      icon="calendar"
      messages={createMessages}
      isBlocked={!canCreate || !accounts.some(({ canWrite }) => canWrite)}
      onSubmit={create}
      notices={
        <>
          {!canCreate && (
            <Notice tone="warning">{eventMessages.creatingIsOff}</Notice>
          )}
          {accounts.length === 0 && (
            <Notice tone="warning">
              {composerMessages.noCalendar}{' '}
              <Link href="/settings/accounts">{composerMessages.connectCalendar}</Link>
            </Notice>
          )}
        </>
      }
    />
  );
}
