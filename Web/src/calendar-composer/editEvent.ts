import { memberZone, sessionState } from '../auth/sessionState';
import type { CalendarEvent } from '../graphql/types';
import { openEditor } from './states/calendarComposerState';
import type { CalendarEventDraft } from './types/CalendarComposerTypes';
import { randomId } from '../state/randomId';

/** Opens the form on an event, `typed` when it was already being edited. */
export function editEvent(event: CalendarEvent, typed?: CalendarEventDraft): void {
  const current = sessionState.get();
  if (current.status !== 'signedIn' || !event.canEdit) return;
  const { member } = current.session;
  openEditor(event, { memberId: member.id, timeZone: memberZone(member), key: randomId() }, typed);
}
