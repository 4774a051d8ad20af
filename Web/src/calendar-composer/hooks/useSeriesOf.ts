import { useEffect } from 'react';
import { useMemberZone } from '../../auth/sessionState';
import { RequestFailure, request, messageFor } from '../../graphql/client';
import { CalendarEventDocument } from '../../graphql/generated';
import type { CalendarEvent } from '../../graphql/types';
import { seriesArrived, updateComposer } from '../states/calendarComposerState';

/** An occurrence has no rules itself: the open form is told how it repeats as soon as its series is here. */
export function useSeriesOf({ recurringEventId }: CalendarEvent): void {
  const zone = useMemberZone();
  useEffect(() => {
    if (!recurringEventId) return;
    const abort = new AbortController();
    const fail = (seriesProblem: string) =>
      updateComposer(({ editing }) => (editing ? { editing: { ...editing, seriesProblem } } : {}));
    request(CalendarEventDocument, { eventId: recurringEventId }, abort.signal).then(
      ({ getCalendarEventById: series }) => {
        if (abort.signal.aborted) return;
        if (series) seriesArrived(series, zone);
        else fail('');
      },
      (error: unknown) => {
        if (abort.signal.aborted || (error instanceof RequestFailure && error.kind === 'signedOut')) return;
        fail(messageFor(error));
      },
    );
    return () => abort.abort();
  }, [recurringEventId, zone]);
}
