import { useSession } from '../../auth/sessionState';
import { eventMessages } from '../../calendar/messages';
import { Field, Switch } from '../../ui/Field';
import { ownAccounts } from '../accounts';
import { useAvailableConferenceProviders } from '../hooks/useAvailableConferenceProviders';
import { accountFieldMessages, composerFieldMessages, createMessages, editMessages } from '../messages';
import { editDraft } from '../states/calendarComposerState';
import type { CalendarEventDraft, ComposerField, OpenComposer } from '../types/CalendarComposerTypes';
import { AccountField } from './AccountField';
import { CalendarAttendeeInput } from './CalendarAttendeeInput';
import { CalendarDateTimePicker } from './CalendarDateTimePicker';
import { ConferenceTypeSelector } from './ConferenceTypeSelector';
import { LinkedRecordChips } from './LinkedRecordChips';
import { RecurrenceField } from './RecurrenceField';

/** The fields of an event, whether it is made or changed. */
export function CalendarEventForm({
  state: { draft, pristine, fieldErrors, editing, options },
  conferences,
}: {
  state: OpenComposer;
  conferences: ReturnType<typeof useAvailableConferenceProviders>;
}) {
  const accounts = ownAccounts(useSession());
  const account = accounts.find(({ id }) => id === draft.connectedAccountId);
  const canInvite = !account || account.sendsInvitations || account.canSendEmail;
  return (
    <>
      <Field label={eventMessages.title} isRequired error={fieldErrors.title}>
        {(control) => (
          <input
            {...control}
            type="text"
            aria-required="true"
            data-autofocus
            placeholder={composerFieldMessages.titlePlaceholder}
            value={draft.title}
            onChange={(event) => editText('title', event.target.value)}
          />
        )}
      </Field>
      <AccountField
        draft={draft}
        accounts={accounts}
        fixedBecause={fixedBecause(editing !== undefined, options.connectedAccountId !== undefined)}
        error={fieldErrors.connectedAccountId}
      />
      <CalendarDateTimePicker draft={draft} errors={fieldErrors} />
      <RecurrenceField draft={draft} pristine={pristine} editing={editing} error={fieldErrors.recurrence} />
      <CalendarAttendeeInput draft={draft} error={fieldErrors.attendees} />
      <ConferenceTypeSelector
        draft={draft}
        providers={conferences.providers}
        isLoading={conferences.isLoading}
        keptId={editing && pristine.conferenceProviderId}
        error={fieldErrors.conferenceProviderId ?? conferences.error}
        linkError={fieldErrors.customConferenceLink}
      />
      <Field label={eventMessages.location} error={fieldErrors.location}>
        {(control) => (
          <input
            {...control}
            type="text"
            placeholder={composerFieldMessages.locationPlaceholder}
            value={draft.location}
            onChange={(event) => editText('location', event.target.value)}
          />
        )}
      </Field>
      <Field label={eventMessages.description} error={fieldErrors.description}>
        {(control) => (
          <textarea
            {...control}
            rows={4}
            value={draft.description}
            onChange={(event) => editText('description', event.target.value)}
          />
        )}
      </Field>
      <LinkedRecordChips draft={draft} />
      {!options.isInvitedByMail && <Switch
        label={editing ? editMessages.notify : createMessages.notify}
        detail={notifyDetail(canInvite, editing !== undefined)}
        isOn={draft.sendInvitations && canInvite}
        isDisabled={!canInvite}
        onChange={(sendInvitations) => editDraft((current) => ({ ...current, sendInvitations }))}
      />}
    </>
  );
}

function editText(field: ComposerField & keyof CalendarEventDraft, text: string): void {
  editDraft((current) => ({ ...current, [field]: text }), field);
}

function fixedBecause(isEdited: boolean, isForMail: boolean): string | undefined {
  if (isEdited) return accountFieldMessages.cannotMove;
  return isForMail ? accountFieldMessages.sameAsEmail : undefined;
}

function notifyDetail(canInvite: boolean, isEdited: boolean): string {
  if (!canInvite) return composerFieldMessages.cannotInvite;
  return isEdited ? editMessages.notifyDetail : createMessages.notifyDetail;
}
