import { useEffect, useRef, useState } from 'react';
import { accountMessages } from '../../auth/messages';
import { useSession } from '../../auth/sessionState';
import { AddressInput } from '../../address-input';
import { MeetingInviteButton } from '../../calendar-composer';
import type { MeetingCreatedResult } from '../../calendar-composer';
import { Link } from '../../routing/router';
import { randomId } from '../../state/randomId';
import { useStore } from '../../state/store';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Notice } from '../../ui/EmptyState';
import { Field } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { commonMessages } from '../../ui/messages';
import { Modal } from '../../ui/Modal';
import { showToast } from '../../ui/Toast';
import { base64OfBytes, base64OfText, isWorthKeeping, mostFileOctets, withTypedRecipients } from '../draft';
import { emailComposerMessages, emailFieldMessages, fileMessages, invitationMessages } from '../messages';
import { unsentDraft } from '../savedDrafts';
import { sendableAccounts } from '../sendableAccounts';
import { sendOpenEmail } from '../sendEmail';
import { closeEmail, editEmail, emailComposerState, showEmail } from '../states/emailComposerState';
import type { OpenEmail } from '../states/emailComposerState';
import type { DraftFile, RecipientField } from '../types';
import { FileChips } from './FileChips';
import { RichTextEditor } from './RichTextEditor';
import type { RichTextHandle } from './RichTextEditor';
import './email.css';

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Shown whenever the mail composer's store is open, wherever in the app that happened. */
export function EmailComposeModal() {
  const { member } = useSession();
  const state = useStore(emailComposerState);
  const isOtherMembers = state.isOpen && state.memberId !== member.id;
  useEffect(() => {
    if (isOtherMembers) closeEmail(true);
  }, [isOtherMembers]);
  // What was being written when the page was loaded again.
  useEffect(() => {
    void unsentDraft(member.id).then((draft) => {
      if (draft && !emailComposerState.get().isOpen) showEmail(member.id, draft, blankCopy(draft));
    });
  }, [member.id]);
  if (!state.isOpen || isOtherMembers) return null;
  return <OpenEmailModal key={state.draft.idempotencyKey} state={state} />;
}

/** What the draft was before anything was written, as far as can be told. */
function blankCopy(draft: OpenEmail['draft']): OpenEmail['draft'] {
  return { ...draft, to: [], cc: [], bcc: [], texts: { to: '', cc: '', bcc: '' }, subject: '', body: '', files: [] };
}

function OpenEmailModal({ state }: { state: OpenEmail }) {
  const { draft, pristine, fieldErrors, failure, isSending, isKept } = state;
  const session = useSession();
  const accounts = sendableAccounts(session);
  const editor = useRef<RichTextHandle>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [isAsking, setAsking] = useState(false);
  const hasMeeting = draft.files.some(({ meeting }) => meeting);
  const isWritten = isWorthKeeping(draft, pristine);

  const close = () => {
    // Whether it is gone is not known yet.
    if (isSending) return;
    closeEmail(isWritten);
    if (isWritten) showToast(emailComposerMessages.draftKept);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (accounts.length > 0) void sendOpenEmail();
  };

  /** Puts the invitation among the files, or in place of what stands for it, and the link into the text. */
  const takeMeeting = (id: string, result: MeetingCreatedResult, isGivenUp = false) => {
    const { calendarEvent, conferenceLink: link } = result;
    const file: DraftFile = {
      id,
      name: result.icsFileName,
      type: result.icsFileType,
      contentBase64: result.icsFileContent ? base64OfText(result.icsFileContent) : '',
      meeting: {
        eventId: calendarEvent.id,
        title: calendarEvent.title ?? invitationMessages.untitled,
        ...(link ? { link } : {}),
        isWaitedFor: !result.isComplete && !isGivenUp,
      },
    };
    editEmail((current) => {
      const isThere = current.files.some((one) => one.id === id);
      const files = isThere ? current.files.map((one) => (one.id === id ? file : one)) : [...current.files, file];
      return { ...current, files };
    }, 'attachments');
    if (link) editor.current?.insertLink(invitationMessages.join, link);
  };

  const attach = async (files: FileList | null) => {
    const added: DraftFile[] = [];
    for (const file of files ?? []) {
      if (file.size > mostFileOctets) {
        showToast(fileMessages.tooLarge(file.name), 'danger');
        continue;
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      const type = file.type || 'application/octet-stream';
      added.push({ id: randomId(), name: file.name, type, contentBase64: base64OfBytes(bytes) });
    }
    editEmail((current) => ({ ...current, files: [...current.files, ...added] }), 'attachments');
  };

  return (
    <Modal
      title={emailComposerMessages.title}
      icon={<Icon name="mail" />}
      onClose={close}
      onKeyDown={handleKey}
      footer={
        <>
          <Button icon="attach" onClick={() => picker.current?.click()}>
            {emailComposerMessages.attach}
          </Button>
          <MeetingInviteButton
            isDisabled={hasMeeting || accounts.length === 0}
            options={() => {
              const { to, cc, subject } = withTypedRecipients(draft);
              return {
                connectedAccountId: draft.connectedAccountId,
                defaultAttendees: [...to, ...cc].filter(({ problem }) => !problem).map(({ email }) => email),
                defaultTitle: subject.trim() ? invitationMessages.titleFor(subject.trim()) : undefined,
                defaultDescription: editor.current?.plainText().slice(0, 2000) || undefined,
                linkedPeople: draft.linkedPeople,
                linkedCompany: draft.linkedCompany,
                linkedOpportunity: draft.linkedOpportunity,
                onEventCreated: (result) => takeMeeting(randomId(), result),
                onCancel: () => {},
              };
            }}
          />
          <span className="muted small shortcut email-kept" role="status">
            {isWritten && (isKept ? emailComposerMessages.draftSaved : emailComposerMessages.savingDraft)}
          </span>
          <Button tone="quiet" disabled={isSending}
            onClick={() => (isWritten ? setAsking(true) : closeEmail(false))}>
            {commonMessages.discard}
          </Button>
          <Button
            tone="primary"
            icon="send"
            title={commonMessages.submitKeys(isApple)}
            isBusy={isSending}
            disabled={accounts.length === 0}
            onClick={() => void sendOpenEmail()}
          >
            {isSending
              ? emailComposerMessages.sending
              : failure?.mayHaveArrived
                ? commonMessages.tryAgain
                : emailComposerMessages.send}
          </Button>
        </>
      }
    >
      <div className="composer">
        {failure && (
          <Notice tone="danger">
            {failure.message}
            {failure.mayHaveArrived && ` ${emailComposerMessages.mayHaveArrived}`}
            {failure.code === 'RECONNECT_REQUIRED' && (
              <>
                {' '}
                <Link href="/settings/accounts">{accountMessages.openSettings}</Link>
              </>
            )}
          </Notice>
        )}
        {accounts.length === 0 && <NoSender />}
        <From state={state} isFixed={hasMeeting} />
        <Recipients state={state} field="to" label={emailFieldMessages.to} isFirst />
        {draft.showsCopies ? (
          <>
            <Recipients state={state} field="cc" label={emailFieldMessages.cc} />
            <Recipients state={state} field="bcc" label={emailFieldMessages.bcc} />
          </>
        ) : (
          <button
            type="button"
            className="link-button copies"
            onClick={() => editEmail((current) => ({ ...current, showsCopies: true }))}
          >
            {emailFieldMessages.addCopies}
          </button>
        )}
        <Field label={emailFieldMessages.subject} error={fieldErrors.subject}>
          {(control) => (
            <input
              {...control}
              type="text"
              value={draft.subject}
              onChange={(event) => editEmail((current) => ({ ...current, subject: event.target.value }), 'subject')}
            />
          )}
        </Field>
        <div className={`field ${fieldErrors.body ? 'field-invalid' : ''}`}>
          <RichTextEditor
            ref={editor}
            label={emailFieldMessages.text}
            html={draft.body}
            onChange={(body) => editEmail((current) => ({ ...current, body }), 'body')}
          />
          {fieldErrors.body && <p className="field-error" role="alert">{fieldErrors.body}</p>}
        </div>
        <FileChips
          draft={draft}
          error={fieldErrors.attachments}
          onMeeting={(file, result, isGivenUp) => takeMeeting(file.id, result, isGivenUp)}
          onMeetingCanceled={(link) => link && editor.current?.removeLink(link)}
        />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={fileMessages.picker}
          onChange={(event) => {
            void attach(event.target.files);
            event.target.value = '';
          }}
        />
      </div>
      {isAsking && (
        <ConfirmDialog
          title={emailComposerMessages.askDiscard}
          message={
            hasMeeting
              ? emailComposerMessages.emailWillBeLostMeetingStays
              : emailComposerMessages.emailWillBeLost
          }
          confirmLabel={commonMessages.discard}
          cancelLabel={emailComposerMessages.keepWriting}
          onCancel={() => setAsking(false)}
          onConfirm={() => closeEmail(false)}
        />
      )}
    </Modal>
  );
}

function NoSender() {
  const { accounts, member } = useSession();
  const reason = accounts.find(
    ({ ownerId, calendarChannels, cannotSendEmailReason }) =>
      ownerId === member.id && calendarChannels.length > 0 && cannotSendEmailReason,
  )?.cannotSendEmailReason;
  return (
    <Notice tone="warning">
      {reason ?? emailComposerMessages.noSender}{' '}
      <Link href="/settings/accounts">{accountMessages.openSettings}</Link>
    </Notice>
  );
}

function From({ state: { draft, fieldErrors }, isFixed }: { state: OpenEmail; isFixed: boolean }) {
  const session = useSession();
  const accounts = sendableAccounts(session);
  const name = (id: string) => {
    const account = session.accounts.find((one) => one.id === id);
    const provider = session.providers.find(({ providerId }) => providerId === account?.provider);
    return account ? `${account.handle} – ${provider?.displayName ?? account.provider}` : '';
  };
  if (accounts.length === 0) return null;
  return (
    <Field
      label={emailFieldMessages.from}
      error={fieldErrors.connectedAccountId}
      hint={isFixed ? emailFieldMessages.fromMeeting : undefined}
    >
      {(control) => (
        <select
          {...control}
          value={draft.connectedAccountId}
          disabled={isFixed || accounts.length === 1}
          onChange={(event) =>
            editEmail(
              (current) => ({ ...current, connectedAccountId: event.target.value }),
              'connectedAccountId',
              'attachments',
            )
          }
        >
          {!accounts.some(({ id }) => id === draft.connectedAccountId) && (
            <option value="">{emailFieldMessages.chooseAccount}</option>
          )}
          {accounts.map(({ id }) => (
            <option key={id} value={id}>
              {name(id)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Recipients({
  state: { draft, fieldErrors },
  field,
  label,
  isFirst,
}: {
  state: OpenEmail;
  field: RecipientField;
  label: string;
  isFirst?: boolean;
}) {
  return (
    <AddressInput
      label={label}
      entries={draft[field]}
      text={draft.texts[field]}
      error={fieldErrors[field]}
      isFirst={isFirst}
      onText={(text) => editEmail((current) => ({ ...current, texts: { ...current.texts, [field]: text } }))}
      onEntries={(change, text) =>
        editEmail(
          (current) => ({
            ...current,
            [field]: change(current[field]),
            texts: text === undefined ? current.texts : { ...current.texts, [field]: text },
          }),
          field,
          'to',
        )
      }
    />
  );
}
