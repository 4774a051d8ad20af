import { sessionState } from '../auth/sessionState';
import { eventsChanged } from '../calendar/eventsRevision';
import { publishEvent } from '../calendar/liveEvents';
import { request, messageFor } from '../graphql/client';
import { DeleteCalendarEventDocument, UndoDeleteCalendarEventDocument } from '../graphql/generated';
import type { RecurrenceScope } from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { currentLocation, navigate, openEventId, withoutEvent } from '../routing/router';
import { commonMessages } from '../ui/messages';
import { showToast } from '../ui/Toast';
import { askAbout, scopesOf } from './eventQuestion';
import { deletionMessages } from './messages';
import { pendingDeletion, seriesId } from './optimistic';
import { addPending, dropPending, takePending } from './pendingChanges';

/** Seconds in which a deletion can be taken back. */
const undoWindow = 8;

/** Asks where it must, hides the event at once, and offers to bring it back. */
export async function removeEvent(event: CalendarEvent): Promise<void> {
  const question = deletionQuestion(event);
  const answer = question ? await askAbout(question) : { scope: undefined };
  if (!answer) return;
  const { scope } = answer;
  const pending = addPending(pendingDeletion({ event, scope }));
  const place = currentLocation();
  if (openEventId(place) === event.id) navigate(withoutEvent(place));
  try {
    const variables = { eventId: event.id, scope: scope ?? null, undoWindow };
    const { deleteCalendarEvent: result } = await request(DeleteCalendarEventDocument, variables);
    if (!result.success) {
      dropPending(pending);
      showToast(result.error ?? deletionMessages.notDeleted, 'danger', { milliseconds: 10_000 });
      return;
    }
    takePending(pending);
    eventsChanged();
    if (result.undoUntil === null) showToast(doneWords(event, scope));
    else offerUndo(event, scope, pending);
  } catch (error) {
    dropPending(pending);
    // It may have arrived: only the server knows.
    eventsChanged();
    showToast(messageFor(error), 'danger', { milliseconds: 10_000 });
  }
}

function offerUndo(event: CalendarEvent, scope: RecurrenceScope | undefined, pending: number): void {
  showToast(doneWords(event, scope), 'success', {
    milliseconds: undoWindow * 1000,
    action: { label: commonMessages.undo, run: () => void undo(event, pending) },
  });
}

async function undo(event: CalendarEvent, pending: number): Promise<void> {
  try {
    const answer = await request(UndoDeleteCalendarEventDocument, { eventId: event.id });
    const { success, calendarEvent, error } = answer.undoDeleteCalendarEvent;
    if (!success) {
      showToast(error ?? deletionMessages.notRestored, 'danger');
      return;
    }
    dropPending(pending);
    if (calendarEvent) publishEvent(calendarEvent);
    showToast(deletionMessages.restored);
  } catch (error) {
    showToast(messageFor(error), 'danger');
  } finally {
    eventsChanged();
  }
}

function doneWords(event: CalendarEvent, scope: RecurrenceScope | undefined): string {
  const isMany = scope === 'ALL' || scope === 'THIS_AND_FOLLOWING' || event.recurrence.length > 0;
  return isMany ? deletionMessages.deletedMany : deletionMessages.deletedOne;
}

/** What is asked first: which ones of a series, and whether to go on although guests will hear of it. */
export function deletionQuestion(event: CalendarEvent) {
  const guests = guestsToTell(event);
  const message = guests > 0 ? deletionMessages.guestsTold(guests) : undefined;
  const common = { confirmLabel: deletionMessages.delete, isDangerous: true };
  if (event.recurringEventId) {
    return { ...common, title: deletionMessages.askWhich, message, scopes: scopesOf(false) };
  }
  if (seriesId(event)) {
    const words = [deletionMessages.everyMeeting, message].filter(Boolean).join(' ');
    return { ...common, title: deletionMessages.askAll, message: words, scopes: [] };
  }
  return message ? { ...common, title: deletionMessages.askOne, message, scopes: [] } : undefined;
}

/** How many people will be written to, by the calendar or by us. */
export function guestsToTell(event: CalendarEvent): number {
  const state = sessionState.get();
  const account =
    state.status === 'signedIn' && state.session.accounts.find(({ id }) => id === event.connectedAccountId);
  if (account && !account.sendsInvitations && !account.canSendEmail) return 0;
  return event.participants.filter(({ isOrganizer }) => !isOrganizer).length;
}
