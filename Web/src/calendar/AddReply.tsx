import { useState } from 'react';
import { useSession } from '../auth/sessionState';
import { request } from '../graphql/client';
import { ReceiveReplyDocument } from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { FormProblem, ModalForm } from '../ui/ModalForm';
import { showToast } from '../ui/Toast';
import { publishEvent } from './liveEvents';
import { replyMessages, responseMessages } from './messages';

/** For meetings whose calendar hears of no answers: takes one that a guest sent by mail. */
export function AddReply({ event }: { event: CalendarEvent }) {
  const { accounts, member } = useSession();
  const [isOpen, setOpen] = useState(false);
  const account = accounts.find(({ id, ownerId }) => id === event.connectedAccountId && ownerId === member.id);
  const hasGuests = event.participants.some(({ isOrganizer }) => !isOrganizer);
  if (!account || account.sendsInvitations || !hasGuests) return null;
  return (
    <>
      <span>
        <Button tone="quiet" icon="mail" onClick={() => setOpen(true)}>
          {replyMessages.title}
        </Button>
      </span>
      {isOpen && <ReplyForm readsReplies={account.readsReplies} onClose={() => setOpen(false)} />}
    </>
  );
}

const mostOctets = 256 * 1024;

function ReplyForm({ readsReplies, onClose }: { readsReplies: boolean; onClose: () => void }) {
  const [content, setContent] = useState('');
  const [fileProblem, setFileProblem] = useState<string>();

  const take = async (file: File | undefined) => {
    if (!file) return;
    const isTooLarge = file.size > mostOctets;
    setFileProblem(isTooLarge ? replyMessages.tooLarge : undefined);
    if (!isTooLarge) setContent(await file.text());
  };

  const send = async () => {
    if (!content.trim()) throw new FormProblem({ content: replyMessages.missing });
    const { receiveCalendarReply: result } = await request(ReceiveReplyDocument, { content });
    if (!result.success) throw new FormProblem({ content: result.error ?? replyMessages.notAdded });
    if (result.calendarEvent) publishEvent(result.calendarEvent);
    const guest = result.displayName ?? result.handle ?? undefined;
    const answer = result.responseStatus ? responseMessages[result.responseStatus] : undefined;
    const delegates = result.delegates.join(', ');
    const said = delegates
      ? replyMessages.delegated({ guest, delegates })
      : replyMessages.answered({ guest, answer });
    const ignored = result.ignoredParts.join(' ');
    showToast(ignored ? replyMessages.partlyAdded({ said, ignored }) : said);
    onClose();
  };

  return (
    <ModalForm
      title={replyMessages.title}
      fields={['content']}
      submitLabel={replyMessages.add}
      busyLabel={replyMessages.adding}
      onClose={onClose}
      onSubmit={send}
    >
      {(errors) => (
        <>
          <p className="muted">
            {readsReplies ? replyMessages.whenInboxIsRead : replyMessages.whenInboxIsNotRead}
          </p>
          <Field label={replyMessages.file} error={fileProblem}>
            {(control) => (
              <input
                {...control}
                type="file"
                accept=".ics,text/calendar"
                data-autofocus
                onChange={(event) => void take(event.target.files?.[0])}
              />
            )}
          </Field>
          <Field label={replyMessages.text} error={errors.content}>
            {(control) => (
              <textarea
                {...control}
                rows={6}
                spellCheck={false}
                value={content}
                onChange={(event) => setContent(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </ModalForm>
  );
}
