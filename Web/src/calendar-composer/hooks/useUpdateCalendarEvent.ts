import { useCallback } from 'react';
import { askAbout, saveChange, scopesOf } from '../../event-changes';
import type { SaveOutcome } from '../../event-changes';
import type { CalendarEvent } from '../../graphql/types';
import { showToast } from '../../ui/Toast';
import { checkDraft, commitAttendeeText } from '../draft';
import { isRuleChanged, settled } from '../draftRecurrence';
import { changedInput, changedRecurrence, shownLinks } from '../eventDraft';
import { composerMessages, editMessages } from '../messages';
import { calendarComposerState, closeComposer, updateComposer } from '../states/calendarComposerState';
import { composerFields } from '../types/CalendarComposerTypes';
import type { CalendarEventDraft, OpenComposer } from '../types/CalendarComposerTypes';
import { editEvent } from '../editEvent';

/** Saves what differs in the open form. The form closes while it is saving, and opens again when saving fails. */
export function useUpdateCalendarEvent() {
  return useCallback(async (needsLink: boolean) => {
    const before = calendarComposerState.get();
    if (!before.isOpen || !before.editing || before.isSending) return;
    const { pristine, idempotencyKey: key } = before;
    const { event, series } = before.editing;
    const draft = settled({ ...before, draft: commitAttendeeText(before.draft) });
    const fieldErrors = checkDraft(draft, needsLink && isConferenceTouched(draft, pristine), pristine);
    updateComposer(() => ({ draft, fieldErrors, failure: undefined }));
    if (Object.keys(fieldErrors).length > 0) return;

    const changed = changedInput(draft, pristine, needsLink);
    const changesRule = isRuleChanged(draft, pristine);
    if (Object.keys(changed).length === 0 && !changesRule) {
      closeComposer();
      return;
    }
    let scope;
    if (event.recurringEventId) {
      const answer = await askAbout({
        title: composerMessages.askWhichToChange,
        scopes: scopesOf(changesRule),
        confirmLabel: editMessages.submit,
      });
      if (!answer || !isStillOpen(key)) return;
      scope = answer.scope;
    }
    const recurrence = changedRecurrence(draft, pristine, scope, series);
    const input = {
      ...changed,
      ...(recurrence ? { recurrence } : {}),
      sendInvitations: draft.sendInvitations,
    };
    updateComposer(() => ({ isSending: true }));
    const outcome = await saveChange({ event, input, scope, shown: shownLinks(draft, event) });
    settle(outcome, { key, event, draft });
  }, []);
}

/** A link that the form did not touch is not for it to judge. */
function isConferenceTouched(draft: CalendarEventDraft, pristine: CalendarEventDraft): boolean {
  return (
    draft.conferenceProviderId !== pristine.conferenceProviderId ||
    draft.customConferenceLink !== pristine.customConferenceLink
  );
}

interface SentForm {
  key: string;
  event: CalendarEvent;
  draft: CalendarEventDraft;
}

function settle(outcome: SaveOutcome, form: SentForm): void {
  const isOpen = isStillOpen(form.key);
  switch (outcome.kind) {
    case 'saved':
      if (isOpen) closeComposer();
      return;
    case 'discarded':
      if (!isOpen) return;
      if (outcome.isDecided) closeComposer();
      else updateComposer(() => ({ isSending: false }));
      return;
    case 'unreached':
      if (isOpen) reopenWithErrors({ failure: { message: outcome.message, mayHaveArrived: true } });
      else offerReopen(outcome.message, form);
      return;
    case 'refused': {
      const field = composerFields.find((name) => name === outcome.field);
      // What can be put right at a field is; anything else is said, and the form can be had again.
      if (isOpen && field) reopenWithErrors({ fieldErrors: { [field]: outcome.message } });
      else {
        if (isOpen) closeComposer();
        offerReopen(outcome.message, form);
      }
    }
  }
}

/** The form, with what is wrong. */
function reopenWithErrors(state: Partial<OpenComposer>): void {
  updateComposer(() => ({ ...state, isSending: false }));
}

function offerReopen(message: string, { event, draft }: SentForm): void {
  showToast(message, 'danger', {
    milliseconds: 12_000,
    action: { label: composerMessages.editAgain, run: () => editEvent(event, draft) },
  });
}

function isStillOpen(key: string): boolean {
  const state = calendarComposerState.get();
  return state.isOpen && state.idempotencyKey === key;
}
