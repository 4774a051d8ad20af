import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { accountMessages } from '../../auth/messages';
import { useStore } from '../../state/store';
import { Link } from '../../routing/router';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Notice } from '../../ui/EmptyState';
import { commonMessages } from '../../ui/messages';
import { Modal } from '../../ui/Modal';
import { Icon } from '../../ui/Icon';
import type { IconName } from '../../ui/Icon';
import { useAvailableConferenceProviders } from '../hooks/useAvailableConferenceProviders';
import { useCalendarComposer } from '../hooks/useCalendarComposer';
import { composerMessages } from '../messages';
import type { createMessages } from '../messages';
import { calendarComposerState, hasTypedSomething } from '../states/calendarComposerState';
import type { ComposerFailure, OpenComposer } from '../types/CalendarComposerTypes';
import { CalendarEventForm } from './CalendarEventForm';
import './composer.css';

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The frame around the form: notices above, buttons below, a question before anything is lost. */
export function ComposerModal({
  state,
  icon,
  messages,
  notices,
  isBlocked,
  onSubmit,
}: {
  state: OpenComposer;
  icon: IconName;
  messages: typeof createMessages;
  notices?: ReactNode;
  isBlocked: boolean;
  onSubmit: (needsLink: boolean) => Promise<void>;
}) {
  const { draft, failure, isSending } = state;
  const { closeCalendarComposer } = useCalendarComposer();
  const [isAsking, setAsking] = useState(false);
  const account = draft.connectedAccountId;
  const conferences = useAvailableConferenceProviders(account, account !== '');
  const conference = conferences.providers.find((one) => one.providerId === draft.conferenceProviderId);

  const form = useRef<HTMLDivElement>(null);
  const submit = async () => {
    if (isBlocked) return;
    await onSubmit(conference?.requiresLink ?? false);
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
      title={messages.title}
      icon={<Icon name={icon} />}
      onClose={close}
      onKeyDown={handleKey}
      footer={
        <>
          <span className="muted small shortcut" aria-hidden="true">
            {commonMessages.submitKeys(isApple)}
          </span>
          <Button onClick={closeCalendarComposer}>{messages.leave}</Button>
          <Button tone="primary" isBusy={isSending} disabled={isBlocked} onClick={() => void submit()}>
            {isSending ? messages.busy : failure?.mayHaveArrived ? commonMessages.tryAgain : messages.submit}
          </Button>
        </>
      }
    >
      <div className="composer" ref={form}>
        {failure && <FailureNotice failure={failure} reassurance={messages.mayHaveArrived} />}
        {notices}
        <CalendarEventForm state={state} conferences={conferences} />
      </div>
      {isAsking && (
        <ConfirmDialog
          title={messages.askDiscard}
          message={composerMessages.changesWillBeLost}
          confirmLabel={commonMessages.discard}
          cancelLabel={composerMessages.keepEditing}
          onCancel={() => setAsking(false)}
          onConfirm={closeCalendarComposer}
        />
      )}
    </Modal>
  );
}

/** The composer's state, for the member whose form it is. */
export function useOpenComposer(memberId: string): OpenComposer | undefined {
  const state = useStore(calendarComposerState);
  return state.isOpen && state.memberId === memberId ? state : undefined;
}

function showProblem(form: HTMLElement | null): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  field?.focus({ preventScroll: true });
  const shown = field?.closest('.field, fieldset') ?? form?.querySelector('[role="alert"]');
  shown?.scrollIntoView({ block: 'nearest' });
}

function FailureNotice({ failure, reassurance }: { failure: ComposerFailure; reassurance: string }) {
  return (
    <Notice tone="danger">
      {failure.message}
      {failure.mayHaveArrived && ` ${reassurance}`}
      {failure.code === 'RECONNECT_REQUIRED' && (
        <>
          {' '}
          <Link href="/settings/accounts">{accountMessages.openSettings}</Link>
        </>
      )}
    </Notice>
  );
}
