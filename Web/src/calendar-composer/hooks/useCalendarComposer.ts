import { useCallback } from 'react';
import { loadSession, memberZone, sessionState } from '../../auth/sessionState';
import { randomId } from '../../state/randomId';
import { useStore } from '../../state/store';
import { preferredAccountId } from '../accounts';
import { calendarComposerState, closeComposer, openComposer } from '../states/calendarComposerState';
import type {
  CalendarComposerOptions,
  CreateMeetingFromEmailOptions,
} from '../types/CalendarComposerTypes';

/** How the rest of the app opens the composer. */
export function useCalendarComposer() {
  const state = useStore(calendarComposerState);

  const openCalendarComposer = useCallback((options: CalendarComposerOptions = {}) => {
    const current = sessionState.get();
    if (current.status !== 'signedIn') return;
    const { session } = current;
    openComposer(options, {
      now: Date.now(),
      timeZone: memberZone(session.member),
      connectedAccountId: preferredAccountId(session) ?? '',
      conferenceProviderId:
        session.member.defaultConferenceProviderId ?? session.member.workspaceDefaultConferenceProviderId,
      idempotencyKey: randomId(),
      memberId: session.member.id,
    });
    // An account may have lost its permission since the page was loaded.
    void loadSession();
  }, []);

  const openCalendarComposerForEmail = useCallback(
    (options: CreateMeetingFromEmailOptions) =>
      openCalendarComposer({
        ...options,
        isInvitedByMail: true,
        defaultAttendees: options.defaultAttendees.map((email) => ({ email })),
      }),
    [openCalendarComposer],
  );

  const closeCalendarComposer = useCallback(() => {
    const current = calendarComposerState.get();
    closeComposer();
    if (current.isOpen) current.options.onCancel?.();
  }, []);

  return { state, openCalendarComposer, openCalendarComposerForEmail, closeCalendarComposer };
}
