import { useRef, useState } from 'react';
import { useCanCreateEvents } from '../../auth/featureFlags';
import { useSession } from '../../auth/sessionState';
import { useStore } from '../../state/store';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Notice } from '../../ui/EmptyState';
import { Field, Switch } from '../../ui/Field';
import { Modal } from '../../ui/Modal';
import { Link } from '../../routing/router';
import { ownAccounts } from '../accounts';
import { useAvailableConferenceProviders } from '../hooks/useAvailableConferenceProviders';
import { useCalendarComposer } from '../hooks/useCalendarComposer';
import { useCreateCalendarEvent } from '../hooks/useCreateCalendarEvent';
import { calendarComposerState, editDraft, hasTypedSomething } from '../states/calendarComposerState';
import type { CalendarComposerState, ComposerFailure } from '../types/CalendarComposerTypes';
import { AccountField } from './AccountField';
import { CalendarAttendeeInput } from './CalendarAttendeeInput';
import { CalendarDateTimePicker } from './CalendarDateTimePicker';
import { ConferenceTypeSelector } from './ConferenceTypeSelector';
import { LinkedRecordChips } from './LinkedRecordChips';
import './composer.css';

/** Shown whenever the composer's store is open, wherever in the app that happened. */
export function CalendarEventCreateModal() {
  const state = useStore(calendarComposerState);
  return state.isOpen ? <OpenModal key={state.idempotencyKey} state={state} /> : null;
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

function OpenModal({ state }: { state: Extract<CalendarComposerState, { isOpen: true }> }) {
  const { draft, fieldErrors, failure, isSending } = state;
  const session = useSession();
  const canCreate = useCanCreateEvents();
  const { closeCalendarComposer } = useCalendarComposer();
  const create = useCreateCalendarEvent();
  const [isAsking, setAsking] = useState(false);
  const conferences = useAvailableConferenceProviders(
    draft.connectedAccountId,
    draft.connectedAccountId !== '',
  );
  const conference = conferences.providers.find((one) => one.providerId === draft.conferenceProviderId);
  const accounts = ownAccounts(session);
  const canInvite = accounts.find(({ id }) => id === draft.connectedAccountId)?.sendsInvitations ?? true;
  const isBlocked = !canCreate || !accounts.some(({ canWrite }) => canWrite);

  const form = useRef<HTMLDivElement>(null);
  const submit = async () => {
    if (isBlocked) return;
    await create(conference?.requiresLink ?? false);
    // After the answer is on screen: to the first thing that is wrong, if anything is.
    requestAnimationFrame(() => showProblem(form.current));
  };
  const close = () => {
    if (hasTypedSomething(calendarComposerState.get())) setAsking(true);
    else closeCalendarComposer();
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };

  return (
    <Modal
      title="New Calendar Event"
      icon="calendar"
      onClose={close}
      onKeyDown={handleKey}
      footer={
        <>
          <span className="muted small shortcut" aria-hidden="true">
            {isApple ? '⌘ Enter' : 'Ctrl + Enter'}
          </span>
          <Button onClick={closeCalendarComposer}>Discard</Button>
          <Button tone="primary" isBusy={isSending} disabled={isBlocked} onClick={() => void submit()}>
            {isSending ? 'Creating…' : failure?.mayHaveArrived ? 'Try again' : 'Create Event'}
          </Button>
        </>
      }
    >
      <div className="composer" ref={form}>
        {failure && <FailureNotice failure={failure} />}
        {!canCreate && <Notice tone="warning">Creating events is switched off for this workspace.</Notice>}
        {accounts.length === 0 && (
          <Notice tone="warning">
            You have no calendar yet. <Link href="/settings/accounts">Connect one in the settings.</Link>
          </Notice>
        )}
        <Field label="Title" isRequired error={fieldErrors.title}>
          {(control) => (
            <input
              {...control}
              type="text"
              aria-required="true"
              data-autofocus
              placeholder="What is it about?"
              value={draft.title}
              onChange={(event) => {
                const title = event.target.value;
                editDraft((current) => ({ ...current, title }), 'title');
              }}
            />
          )}
        </Field>
        <AccountField draft={draft} accounts={accounts} error={fieldErrors.connectedAccountId} />
        <CalendarDateTimePicker draft={draft} errors={fieldErrors} />
        <CalendarAttendeeInput draft={draft} error={fieldErrors.attendees} />
        <ConferenceTypeSelector
          draft={draft}
          providers={conferences.providers}
          isLoading={conferences.isLoading}
          error={fieldErrors.conferenceProviderId ?? conferences.error}
          linkError={fieldErrors.customConferenceLink}
        />
        <Field label="Location" error={fieldErrors.location}>
          {(control) => (
            <input
              {...control}
              type="text"
              placeholder="A room or an address"
              value={draft.location}
              onChange={(event) => {
                const location = event.target.value;
                editDraft((current) => ({ ...current, location }), 'location');
              }}
            />
          )}
        </Field>
        <Field label="Description" error={fieldErrors.description}>
          {(control) => (
            <textarea
              {...control}
              rows={4}
              value={draft.description}
              onChange={(event) => {
                const description = event.target.value;
                editDraft((current) => ({ ...current, description }), 'description');
              }}
            />
          )}
        </Field>
        <LinkedRecordChips draft={draft} />
        <Switch
          label="Send invitations"
          detail={
            canInvite
              ? 'Attendees get an email about this event.'
              : 'This calendar sends none. Pass on the .ics file of the event instead.'
          }
          isOn={draft.sendInvitations && canInvite}
          isDisabled={!canInvite}
          onChange={(sendInvitations) => editDraft((current) => ({ ...current, sendInvitations }))}
        />
      </div>
      {isAsking && (
        <ConfirmDialog
          title="Discard this event?"
          message="What you have entered so far will be lost."
          confirmLabel="Discard"
          cancelLabel="Keep editing"
          onCancel={() => setAsking(false)}
          onConfirm={closeCalendarComposer}
        />
      )}
    </Modal>
  );
}

function showProblem(form: HTMLElement | null): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  field?.focus({ preventScroll: true });
  const shown = field?.closest('.field, fieldset') ?? form?.querySelector('[role="alert"]');
  shown?.scrollIntoView({ block: 'nearest' });
}

function FailureNotice({ failure }: { failure: ComposerFailure }) {
  return (
    <Notice tone="danger">
      {failure.message}
      {failure.mayHaveArrived && ' Nothing you entered is lost, and trying again never makes a second event.'}
      {failure.code === 'RECONNECT_REQUIRED' && (
        <>
          {' '}
          <Link href="/settings/accounts">Open the account settings.</Link>
        </>
      )}
    </Notice>
  );
}
