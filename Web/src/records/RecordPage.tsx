import type { ReactNode } from 'react';
import type { QueryState } from '../graphql/useQuery';
import { Link } from '../routing/router';
import { Avatar } from '../ui/Avatar';
import { EmptyState, LoadFailure } from '../ui/EmptyState';
import { Icon } from '../ui/Icon';
import { Loading } from '../ui/Spinner';
import { recordPageMessages } from './messages';
import './records.css';

/** The frame of one record's page: back link, name, facts at the left, the timeline at the right. */
export function RecordPage({
  listHref,
  listTitle,
  name,
  subtitle,
  facts,
  children,
}: {
  listHref: string;
  listTitle: string;
  name: string;
  subtitle?: string | null;
  facts: Array<[string, ReactNode]>;
  children: ReactNode;
}) {
  return (
    <main className="page">
      <Link className="back-link" href={listHref}>
        <Icon name="left" size={15} /> {listTitle}
      </Link>
      <header className="record-header">
        <Avatar name={name} size={44} />
        <div>
          <h1>{name}</h1>
          {subtitle && <p className="muted">{subtitle}</p>}
        </div>
      </header>
      <div className="record-columns">
        <section className="card" aria-label={recordPageMessages.details}>
          <header className="card-header">
            <h2>{recordPageMessages.details}</h2>
          </header>
          <dl className="facts">
            {facts.map(([title, value]) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>{value || <span className="muted">–</span>}</dd>
              </div>
            ))}
          </dl>
        </section>
        {children}
      </div>
    </main>
  );
}

/** What to show instead while a record is not there. */
export function recordPlaceholder(query: QueryState<unknown>, record: unknown, goneText: string): ReactNode {
  if (record) return undefined;
  if (query.error) return <LoadFailure message={query.error} onRetry={query.reload} />;
  if (query.isLoading || query.data === undefined) return <Loading />;
  return <EmptyState icon="search" title={goneText} />;
}
