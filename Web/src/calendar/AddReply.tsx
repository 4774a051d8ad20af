import { useState } from 'react';
import { useSession } from '../auth/sessionState';
import { request } from '../graphql/client';
import { ReceiveReplyDocument } from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { FormProblem, ModalForm } from '../ui/ModalForm';
import { showToast } from '../ui/Toast';
import { responseWords } from './eventWords';
import { tellArrived } from './liveEvents';

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
          Add an answer
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
    setFileProblem(isTooLarge ? 'This file is too large for an answer.' : undefined);
    if (!isTooLarge) setContent(await file.text());
  };

  const send = async () => {
    if (!content.trim()) throw new FormProblem({ content: 'Choose the .ics file of the answer, or paste it.' });
    const { receiveCalendarReply: result } = await request(ReceiveReplyDocument, { content });
    if (!result.success) throw new FormProblem({ content: result.error ?? 'The answer could not be taken.' });
    if (result.calendarEvent) tellArrived(result.calendarEvent);
    const name = result.displayName ?? result.handle ?? 'The guest';
    const answer = result.responseStatus ? responseWords[result.responseStatus] : 'answered';
    const delegates = result.delegates.join(', ');
    showToast(delegates ? `${name} asks ${delegates} to come instead. Invite them if you agree.` : `${name}: ${answer}`);
    onClose();
  };

  return (
    <ModalForm
      title="Add an answer"
      fields={['content']}
      submitLabel="Add"
      busyLabel="Adding…"
      onClose={onClose}
      onSubmit={send}
    >
      {(errors) => (
        <>
          <p className="muted">
            {readsReplies
              ? 'Answers in your inbox are added by themselves. Add one here that went elsewhere: the .ics file of it.'
              : 'This calendar does not read your mail. Take the .ics file from a guest’s answer, and add it here.'}
          </p>
          <Field label="File" error={fileProblem}>
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
          <Field label="Or paste its text" error={errors.content}>
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
