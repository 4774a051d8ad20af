import { useState } from 'react';
import { useSession } from '../auth/sessionState';
import { request } from '../graphql/client';
import { ReceiveReplyDocument } from '../graphql/generated';
import type { CalendarEvent } from '../graphql/types';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { FormProblem, ModalForm } from '../ui/ModalForm';
import { showToast } from '../ui/Toast';
import { responseWords } from './eventLabels';
import { publishEvent } from './liveEvents';

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
          Add a reply
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
    setFileProblem(isTooLarge ? 'This file is too large to be a reply.' : undefined);
    if (!isTooLarge) setContent(await file.text());
  };

  const send = async () => {
    if (!content.trim()) throw new FormProblem({ content: 'Choose the reply’s .ics file, or paste its text.' });
    const { receiveCalendarReply: result } = await request(ReceiveReplyDocument, { content });
    if (!result.success) throw new FormProblem({ content: result.error ?? 'Couldn’t add the reply.' });
    if (result.calendarEvent) publishEvent(result.calendarEvent);
    const name = result.displayName ?? result.handle ?? 'The guest';
    const answer = result.responseStatus ? responseWords[result.responseStatus] : 'answered';
    const delegates = result.delegates.join(', ');
    const said = delegates
      ? `${name} wants ${delegates} to come instead. Invite them if you agree.`
      : `${name}: ${answer}.`;
    const ignored = result.ignoredParts.join(' ');
    showToast(ignored ? `${said} Not all of the reply was added: ${ignored}` : said);
    onClose();
  };

  return (
    <ModalForm
      title="Add a reply"
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
              ? 'Replies in your inbox are added automatically. Add the .ics file of a reply that went elsewhere.'
              : 'This calendar doesn’t read your email. Add the .ics file from a guest’s reply here.'}
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
