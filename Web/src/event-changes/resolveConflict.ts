import { eventsChanged } from '../calendar/eventsRevision';
import { publishEvent } from '../calendar/liveEvents';
import { request, messageFor } from '../graphql/client';
import { EventConflictDocument, ResolveConflictDocument } from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { showToast } from '../ui/Toast';
import { compareSides } from './comparison';
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
      showToast('This conflict has already been resolved.');
      return;
    }
    const chosen = await askToChoose({
      title: 'Two versions of this event',
      message: `It was changed here and in ${calendarName}. Choose which version to keep.`,
      rows: compareSides(conflict.mine, conflict.theirs, conflict.fields, zone),
      mine: 'Here',
      theirs: `In ${calendarName}`,
      keepLabel: 'Keep mine',
      takeLabel: 'Keep the calendar’s',
    });
    if (!chosen) return;
    const variables = { eventId: event.id, keepCrm: chosen === 'mine' };
    const answer = await request(ResolveConflictDocument, variables);
    const { success, calendarEvent, error } = answer.resolveCalendarEventConflict;
    if (calendarEvent) publishEvent(calendarEvent);
    const whose = chosen === 'mine' ? 'Your' : 'The calendar’s';
    if (success) showToast(`${whose} version was kept.`);
    else showToast(error ?? 'Couldn’t resolve the conflict.', 'danger');
  } catch (error) {
    showToast(messageFor(error), 'danger');
  } finally {
    eventsChanged();
  }
}
