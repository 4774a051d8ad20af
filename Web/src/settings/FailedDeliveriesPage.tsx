import { useState } from 'react';
import { loadSession, useSession } from '../auth/sessionState';
import { useEventsRevision } from '../calendar/eventsRevision';
import { useArrivedEvents } from '../calendar/liveEvents';
import { request, messageFor } from '../graphql/client';
import { DiscardFailedJobDocument, FailedJobsDocument, RetryFailedJobDocument } from '../graphql/generated';
import type { FailedJob } from '../graphql/types';
import { useQuery } from '../graphql/useQuery';
import { Link } from '../routing/router';
import { useDebounceFirst } from '../state/debounceFirst';
import { formatMoment } from '../time/format';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { EmptyState, LoadFailure } from '../ui/EmptyState';
import { commonMessages } from '../ui/messages';
import { Spinner } from '../ui/Spinner';
import { showToast } from '../ui/Toast';
import { browserZone } from '../time/zoneList';
import { failedDeliveryMessages, settingsMessages } from './messages';

/** Deliveries that were given up: why, and what can be done. */
export function FailedDeliveriesPage() {
  const { data, error, isLoading, reload } = useQuery(FailedJobsDocument, {}, useEventsRevision());
  const reloadSoon = useDebounceFirst(reload);
  useArrivedEvents((event) => {
    const isListed = data?.failedJobs.some(({ calendarEvent }) => calendarEvent?.id === event.id);
    if (isListed || event.pushStatus === 'FAILED' || event.conferenceStatus === 'FAILURE') reloadSoon();
  });
  const [busyId, setBusyId] = useState<string>();
  const [asked, setAsked] = useState<FailedJob>();

  const run = async (
    mutation: typeof RetryFailedJobDocument | typeof DiscardFailedJobDocument,
    job: FailedJob,
    done: string,
  ) => {
    setBusyId(job.id);
    try {
      await request(mutation, { id: job.id });
      // An account says, too, when its inbox cannot be read.
      if (job.kind === 'READ_REPLIES') await loadSession();
      showToast(done);
    } catch (failure) {
      showToast(messageFor(failure), 'danger');
    } finally {
      setBusyId(undefined);
      reload();
    }
  };

  return (
    <section className="settings-section" aria-label={settingsMessages.failedDeliveries}>
      <h2>{settingsMessages.failedDeliveries}</h2>
      <p className="muted">{failedDeliveryMessages.intro}</p>
      {error && !data ? (
        <LoadFailure message={error} onRetry={reload} />
      ) : !data ? (
        isLoading && <Spinner />
      ) : data.failedJobs.length === 0 ? (
        <EmptyState icon="check" title={failedDeliveryMessages.empty}>
          {failedDeliveryMessages.emptyHint}
        </EmptyState>
      ) : (
        data.failedJobs.map((job) => (
          <FailedDelivery
            key={job.id}
            job={job}
            isBusy={busyId === job.id}
            onRetry={() => void run(RetryFailedJobDocument, job, failedDeliveryMessages.retrying)}
            onDiscard={() => setAsked(job)}
          />
        ))
      )}
      {asked && (
        <ConfirmDialog
          title={failedDeliveryMessages.askDiscard}
          message={
            asked.kind === 'READ_REPLIES'
              ? failedDeliveryMessages.discardReplies
              : asked.email
                ? failedDeliveryMessages.discardEmail
                : failedDeliveryMessages.discardMeeting
          }
          confirmLabel={failedDeliveryMessages.takeOff}
          cancelLabel={failedDeliveryMessages.keep}
          onCancel={() => setAsked(undefined)}
          onConfirm={() => {
            setAsked(undefined);
            void run(DiscardFailedJobDocument, asked, failedDeliveryMessages.discarded);
          }}
        />
      )}
    </section>
  );
}

function titleOf({ kind, email, calendarEvent }: FailedJob): string {
  const { replies, untitledEmail, untitledMeeting } = failedDeliveryMessages;
  if (kind === 'READ_REPLIES') return replies;
  return email ? email.subject || untitledEmail : (calendarEvent?.title ?? untitledMeeting);
}

function FailedDelivery({
  job,
  isBusy,
  onRetry,
  onDiscard,
}: {
  job: FailedJob;
  isBusy: boolean;
  onRetry: () => void;
  onDiscard: () => void;
}) {
  const { accounts } = useSession();
  const account = accounts.find(({ id }) => id === job.connectedAccountId);
  const title = titleOf(job);
  return (
    <article className="card failed-delivery" aria-label={title}>
      <div className="failed-delivery-text">
        <h3>{job.calendarEvent ? <Link href={`/calendar/${job.calendarEvent.id}`}>{title}</Link> : title}</h3>
        <p>{job.reason}</p>
        <p className="muted">
          {failedDeliveryMessages.kinds[job.kind]}
          {account ? ` · ${account.handle}` : ''} · {formatMoment(job.failedAt, browserZone())}
        </p>
      </div>
      <div className="failed-delivery-actions">
        <Button icon="refresh" isBusy={isBusy} onClick={onRetry}>
          {commonMessages.tryAgain}
        </Button>
        <Button tone="quiet" onClick={onDiscard}>
          {commonMessages.discard}
        </Button>
      </div>
    </article>
  );
}
