import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useMemberZone, useSession } from '../../auth/sessionState';
import { request, messageFor } from '../../graphql/client';
import { CancelEmailDocument, EmailsDocument, RetryEmailDocument } from '../../graphql/generated';
import type { EmailFieldsFragment } from '../../graphql/generated';
import { formatMoment } from '../../time/format';
import { Button } from '../../ui/Button';
import { EmptyState, LoadFailure } from '../../ui/EmptyState';
import { Icon } from '../../ui/Icon';
import { commonMessages } from '../../ui/messages';
import { Loading } from '../../ui/Spinner';
import { showToast } from '../../ui/Toast';
import { emailsChanged, useEmailsRevision } from '../emailsRevision';
import { emailListMessages } from '../messages';
import { sizeWords } from './FileChips';
import './email.css';

/** Of which record. */
export type EmailsOf = { personId: string } | { companyId: string } | { opportunityId: string };

/** The mails that members sent to a record's people, newest first. */
export function EmailsCard({
  of,
  emptyText,
  action,
}: {
  of: EmailsOf;
  emptyText: string;
  action: ReactNode;
}) {
  const { emails, error, loadMore, reload } = useEmails(of);
  return (
    <section className="card" aria-label={emailListMessages.title}>
      <header className="card-header">
        <h2>{emailListMessages.title}</h2>
        {action}
      </header>
      {error && !emails ? (
        <LoadFailure message={error} onRetry={reload} />
      ) : !emails ? (
        <Loading />
      ) : emails.length === 0 ? (
        <EmptyState icon="mail" title={emailListMessages.empty}>
          {emptyText}
        </EmptyState>
      ) : (
        <ul className="email-list">
          {emails.map((email) => (
            <EmailRow key={email.id} email={email} />
          ))}
        </ul>
      )}
      {loadMore && (
        <div className="load-more">
          <Button onClick={loadMore}>{commonMessages.showMore}</Button>
        </div>
      )}
    </section>
  );
}

function useEmails(of: EmailsOf) {
  const revision = useEmailsRevision();
  const key = JSON.stringify(of);
  const [emails, setEmails] = useState<EmailFieldsFragment[]>();
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const turn = useRef(0);

  const load = async (after: string | null) => {
    const mine = ++turn.current;
    try {
      const ids = { personId: null, companyId: null, opportunityId: null, ...(JSON.parse(key) as EmailsOf) };
      const { emails: page } = await request(EmailsDocument, { ...ids, after });
      if (mine !== turn.current) return;
      const found = page.edges.map(({ node }) => node);
      setError(undefined);
      setEmails((current) => (after ? [...(current ?? []), ...found] : found));
      setNext(page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null);
    } catch (failure) {
      if (mine === turn.current) setError(messageFor(failure));
    }
  };
  useEffect(() => void load(null), [key, revision, attempt]);
  return {
    emails,
    error,
    loadMore: next ? () => void load(next) : undefined,
    reload: () => setAttempt((count) => count + 1),
  };
}

function EmailRow({ email }: { email: EmailFieldsFragment }) {
  const zone = useMemberZone();
  const { member } = useSession();
  const [isBusy, setBusy] = useState(false);
  const isOwn = email.senderId === member.id;
  const isStuck = email.status === 'FAILED' || email.status === 'UNCERTAIN';
  const subject = email.isRedacted ? emailListMessages.notShared : email.subject || emailListMessages.noSubject;
  const sender = email.from.displayName ?? email.from.handle;
  const people = [...email.to, ...email.cc].map(({ handle, displayName }) => displayName ?? handle);

  const run = async (work: () => Promise<string | undefined>, done: string) => {
    setBusy(true);
    try {
      const problem = await work();
      showToast(problem ?? done, problem ? 'danger' : 'success');
    } catch (failure) {
      showToast(messageFor(failure), 'danger');
    } finally {
      setBusy(false);
      emailsChanged();
    }
  };
  const retry = () =>
    run(async () => {
      const { retryEmail: result } = await request(RetryEmailDocument, { id: email.id });
      return result.success ? undefined : (result.error ?? emailListMessages.notSent);
    }, emailListMessages.sentAgain);
  const cancel = () =>
    run(async () => {
      await request(CancelEmailDocument, { id: email.id });
      return undefined;
    }, emailListMessages.sendingCanceled);

  return (
    <li className="email-row">
      <details>
        <summary>
          <Icon name={email.isRedacted ? 'lock' : 'mail'} size={16} />
          <span className="email-subject">{subject}</span>
          <span className={`badge badge-${email.status.toLowerCase()}`}>
            {emailListMessages.statuses[email.status]}
          </span>
          <span className="muted small">{formatMoment(email.sentAt ?? email.createdAt, zone)}</span>
        </summary>
        <p className="muted small">
          {emailListMessages.sentTo({ sender, recipients: people.join(', ') })}
        </p>
        {!email.isRedacted && <pre className="email-text">{email.text}</pre>}
        {email.attachments.length > 0 && (
          <p className="chips">
            {email.attachments.map((file, index) => (
              <span className="chip chip-record" key={index}>
                <Icon name="attach" size={14} />
                <span className="chip-text">{file.name}</span>
                <span className="muted small">{sizeWords(file.size)}</span>
              </span>
            ))}
          </p>
        )}
      </details>
      {email.error && <p className="email-problem">{email.error}</p>}
      {isOwn && (isStuck || email.status === 'SCHEDULED') && (
        <div className="email-actions">
          <Button icon="refresh" isBusy={isBusy} onClick={() => void retry()}>
            {isStuck ? emailListMessages.sendAgain : emailListMessages.sendNow}
          </Button>
          {email.status === 'SCHEDULED' && (
            <Button tone="quiet" onClick={() => void cancel()}>
              {emailListMessages.undoSend}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
