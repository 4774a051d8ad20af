import { eventsChanged } from '../calendar/eventsRevision';
import { publishEvent } from '../calendar/liveEvents';
import { request, messageFor } from '../graphql/client';
import { EventConflictDocument, ResolveConflictDocument } from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { showToast } from '../ui/Toast';
import { compareSides } from './comparison';
import { comparisonMessages, conflictMessages } from './messages';
import { askToChoose } from './versionChoice';

/** Shows both versions of an event in conflict and carries out what a person chooses. */
export async function resolveConflict(
  event: CalendarEvent,
  calendarName: string,
  zone: string,
): Promise<void> {
  try {
    const { getCalendarEventById: latest } = await request(EventConflictDocument, { eventId: event.id });
    const conflict = latest?.conflict;
    if (!conflict) {
      // Someone has decided it, or it is not ours to decide.
      eventsChanged();
      showToast(conflictMessages.alreadyResolved);
      return;
    }
    const chosen = await askToChoose({
      title: conflictMessages.title,
      message: conflictMessages.question(calendarName),
      rows: compareSides(conflict.mine, conflict.theirs, conflict.fields, zone),
      mine: conflictMessages.mine,
      theirs: conflictMessages.theirs(calendarName),
      keepLabel: comparisonMessages.keepMine,
      takeLabel: conflictMessages.keepTheirs,
    });
    if (!chosen) return;
    const variables = { eventId: event.id, keepCrm: chosen === 'mine' };
    const answer = await request(ResolveConflictDocument, variables);
    const { success, calendarEvent, error } = answer.resolveCalendarEventConflict;
    if (calendarEvent) publishEvent(calendarEvent);
    if (success) showToast(chosen === 'mine' ? conflictMessages.keptMine : conflictMessages.keptTheirs);
    else showToast(error ?? conflictMessages.notResolved, 'danger');
  } catch (error) {
    showToast(messageFor(error), 'danger');
  } finally {
    eventsChanged();
  }
}
