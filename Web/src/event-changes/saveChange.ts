import { memberZone, sessionState } from '../auth/sessionState';
import { eventsChanged } from '../calendar/eventsRevision';
import { publishEvent } from '../calendar/liveEvents';
import { RequestFailure, request, messageFor } from '../graphql/client';
import { CalendarEventDocument, UpdateCalendarEventDocument } from '../graphql/generated';
import type { RecurrenceScope, UpdateCalendarEventInput } from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { currentLocation, eventHref, navigate, openEventId } from '../routing/router';
import { browserZone } from '../time/zoneList';
import { changedFields, compareSides, differingFields, rebased, sideOf } from './comparison';
import { comparisonMessages, saveMessages, staleMessages } from './messages';
import { pendingUpdate } from './optimistic';
import { addPending, dropPending, takePending } from './pendingChanges';
import { askToChoose } from './versionChoice';

export interface EventChange {
  /** As it was when the change was made. */
  event: CalendarEvent;
  /** What has changed, and nothing else. */
  input: UpdateCalendarEventInput;
  scope?: RecurrenceScope;
  /** The records that the input names by id, shown until the answer arrives. */
  shown?: Partial<CalendarEvent>;
}

export type SaveOutcome =
  | { kind: 'saved'; event: CalendarEvent }
  /** Someone else's change was preferred, or nothing was decided. */
  | { kind: 'discarded'; isDecided: boolean }
  | { kind: 'refused'; message: string; code?: string; field?: string }
  | { kind: 'unreached'; message: string };

/** Of each event one change is saved at a time, in the order in which they were made. */
const saving = new Map<string, Promise<SaveOutcome>>();

/** Shows a change at once and saves it; a refused change is reverted. */
export function saveChange(change: EventChange): Promise<SaveOutcome> {
  const { id } = change.event;
  const before = saving.get(id);
  const pending = addPending(
    pendingUpdate({ event: change.event, scope: change.scope }, change.input, change.shown),
  );
  const run = save(change, before).then(
    (outcome) => {
      if (outcome.kind === 'saved') {
        takePending(pending, outcome.event);
        publishEvent(outcome.event);
        follow(change, outcome.event);
        eventsChanged();
      } else {
        dropPending(pending);
      }
      return outcome;
    },
    (error: unknown): SaveOutcome => {
      dropPending(pending);
      return { kind: 'unreached', message: messageFor(error) };
    },
  );
  saving.set(id, run);
  void run.then(() => {
    if (saving.get(id) === run) saving.delete(id);
  });
  return run;
}

async function save(
  change: EventChange,
  before: Promise<SaveOutcome> | undefined,
): Promise<SaveOutcome> {
  const previous = await before;
  const isSameEvent = previous?.kind === 'saved' && previous.event.id === change.event.id;
  const base = isSameEvent ? previous.event : change.event;
  const outcome = await send(change, change.input, base.version);
  return isStale(outcome) ? saveOver(change, base, outcome) : outcome;
}

type Refusal = Extract<SaveOutcome, { kind: 'refused' }>;

function isStale(outcome: SaveOutcome): outcome is Refusal {
  return outcome.kind === 'refused' && (outcome.code === 'CONFLICT' || outcome.field === 'expectedVersion');
}

async function send(
  { event, scope }: EventChange,
  input: UpdateCalendarEventInput,
  expectedVersion: number,
): Promise<SaveOutcome> {
  try {
    const answer = await request(UpdateCalendarEventDocument, {
      eventId: event.id,
      input: { ...input, expectedVersion, ...(scope ? { scope } : {}) },
    });
    const { success, calendarEvent, error, errorCode, errorField } = answer.updateCalendarEvent;
    if (success && calendarEvent) return { kind: 'saved', event: calendarEvent };
    return {
      kind: 'refused',
      message: error ?? saveMessages.notChanged,
      code: errorCode ?? undefined,
      field: errorField ?? undefined,
    };
  } catch (error) {
    const isRefused = error instanceof RequestFailure && error.kind === 'refused';
    if (!isRefused) return { kind: 'unreached', message: messageFor(error) };
    return { kind: 'refused', message: messageFor(error), code: error.code, field: error.field };
  }
}

/** Someone else saved first. Where both changed the same field, the user chooses which version to keep. */
async function saveOver(
  change: EventChange,
  base: CalendarEvent,
  refusal: Refusal,
): Promise<SaveOutcome> {
  const { getCalendarEventById: latest } = await request(CalendarEventDocument, { eventId: change.event.id });
  if (!latest) return { kind: 'refused', message: saveMessages.gone, code: 'NOT_FOUND' };
  // A conflict that was there before is decided first, in the event's details.
  if (latest.pushStatus === 'CONFLICT' || latest.version === base.version) return refusal;
  publishEvent(latest);
  const elsewhere = differingFields(sideOf(base), sideOf(latest));
  const contested = changedFields(change.input).filter((field) => elsewhere.includes(field));
  if (contested.length > 0) {
    const mine = pendingUpdate({ event: base }, change.input, change.shown)(base);
    const chosen = await askToChoose({
      title: staleMessages.title,
      message: staleMessages.question,
      rows: compareSides(sideOf(mine), sideOf(latest), contested, shownZone()),
      mine: staleMessages.mine,
      theirs: staleMessages.theirs,
      keepLabel: comparisonMessages.keepMine,
      takeLabel: staleMessages.discardMine,
    });
    if (chosen !== 'mine') return { kind: 'discarded', isDecided: chosen === 'theirs' };
  }
  const again = await send(change, rebased(change.input, base, latest), latest.version);
  return isStale(again) ? saveOver(change, latest, again) : again;
}

function shownZone(): string {
  const state = sessionState.get();
  return state.status === 'signedIn' ? memberZone(state.session.member) : browserZone();
}

/** Details that are open go along with an occurrence that has another name now. */
function follow({ event }: EventChange, saved: CalendarEvent): void {
  const place = currentLocation();
  if (saved.id !== event.id && openEventId(place) === event.id) {
    navigate(eventHref(saved.id, place), { replace: true });
  }
}
