import { useCallback } from 'react';
import { eventsChanged } from '../../calendar/eventsRevision';
import { RequestFailure, request, messageFor } from '../../graphql/client';
import { CreateCalendarEventDocument } from '../../graphql/generated';
import type { EventResultFieldsFragment } from '../../graphql/generated';
import { eventHref, navigate } from '../../routing/router';
import { checkDraft, commitAttendeeText, createInput } from '../draft';
import { settled } from '../draftRecurrence';
import { composerMessages } from '../messages';
import { calendarComposerState, closeComposer, updateComposer } from '../states/calendarComposerState';
import { meetingCreated } from '../meetingCreated';
import { composerFields } from '../types/CalendarComposerTypes';
import type { ComposerField } from '../types/CalendarComposerTypes';

/** Sends the open draft once. A second call while the first is under way does nothing. */
export function useCreateCalendarEvent() {
  return useCallback(async (needsLink: boolean) => {
    const before = calendarComposerState.get();
    if (!before.isOpen || before.editing || before.isSending) return;
    const draft = settled({ ...before, draft: commitAttendeeText(before.draft) });
    const fieldErrors = checkDraft(draft, needsLink);
    updateComposer(() => ({ draft, fieldErrors, failure: undefined }));
    if (Object.keys(fieldErrors).length > 0) return;

    updateComposer(() => ({ isSending: true }));
    try {
      const input = createInput(draft, before.idempotencyKey, needsLink);
      const answer = await request(CreateCalendarEventDocument, { input });
      settle(answer.createCalendarEvent, before.idempotencyKey);
    } catch (error) {
      if (!isStillOpen(before.idempotencyKey)) return;
      const unreached = error instanceof RequestFailure && error.kind === 'unreached';
      const code = error instanceof RequestFailure ? error.code : undefined;
      updateComposer(() => ({ failure: { message: messageFor(error), code, mayHaveArrived: unreached } }));
    } finally {
      if (isStillOpen(before.idempotencyKey)) updateComposer(() => ({ isSending: false }));
    }
  }, []);
}

/** Another form may have been opened while the answer was on its way. */
function isStillOpen(idempotencyKey: string): boolean {
  const state = calendarComposerState.get();
  return state.isOpen && state.idempotencyKey === idempotencyKey;
}

function settle(result: EventResultFieldsFragment, idempotencyKey: string): void {
  const { success, calendarEvent } = result;
  if (success && calendarEvent) {
    eventsChanged();
    const state = calendarComposerState.get();
    if (!isStillOpen(idempotencyKey) || !state.isOpen) return;
    closeComposer();
    if (state.options.onEventCreated) {
      state.options.onEventCreated(meetingCreated(calendarEvent));
    } else {
      navigate(eventHref(calendarEvent.id));
    }
    return;
  }
  if (!isStillOpen(idempotencyKey)) return;
  const message = result.error ?? composerMessages.notCreated;
  const field = composerFields.find((name) => name === result.errorField) as ComposerField | undefined;
  updateComposer(() =>
    field
      ? { fieldErrors: { [field]: message } }
      : { failure: { message, code: result.errorCode ?? undefined, mayHaveArrived: false } },
  );
}
