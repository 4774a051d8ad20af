import { useState } from 'react';
import type { ReactNode } from 'react';
import { Link, recordHref } from '../routing/router';
import { Button } from '../ui/Button';
import { EmptyState, LoadFailure } from '../ui/EmptyState';
import { Icon } from '../ui/Icon';
import type { IconName } from '../ui/Icon';
import { commonMessages } from '../ui/messages';
import { Loading } from '../ui/Spinner';
import { recordPageMessages } from './messages';
import type { KindMessages } from './messages';
import { usePagedRecords } from './usePagedRecords';
import type { PagedDocument } from './usePagedRecords';
import './records.css';

export interface RecordKind<Node> {
  messages: KindMessages;
  icon: IconName;
  list: PagedDocument<Node>;
  path: string;
  columns: Array<{ title: string; cell: (node: Node) => ReactNode }>;
  form: (close: () => void) => ReactNode;
}

/** The list of one kind of record: people, companies and opportunities differ only in what `kind` says. */
export function RecordListPage<Node extends { id: string }>({ kind }: { kind: RecordKind<Node> }) {
  const [search, setSearch] = useState('');
  const [isAdding, setAdding] = useState(false);
  const { nodes, error, isLoading, reload, loadMore, isSearch } = usePagedRecords(kind.list, search);
  return (
    <main className="page">
      <header className="page-header">
        <h1>{kind.messages.plural}</h1>
        <Button tone="primary" icon="plus" onClick={() => setAdding(true)}>
          {kind.messages.add}
        </Button>
      </header>
      <div className="search-box">
        <Icon name="search" size={17} />
        <input
          type="search"
          aria-label={kind.messages.search}
          placeholder={kind.messages.search}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {error && !nodes ? (
        <LoadFailure message={error} onRetry={reload} />
      ) : !nodes ? (
        <Loading />
      ) : nodes.length === 0 ? (
        <EmptyState
          icon={kind.icon}
          title={isSearch ? recordPageMessages.nothingFound(search.trim()) : kind.messages.none}
        />
      ) : (
        <RecordTable kind={kind} nodes={nodes} />
      )}
      {nodes && error && <p className="danger-text">{error}</p>}
      {nodes && loadMore && (
        <div className="load-more">
          <Button isBusy={isLoading} onClick={loadMore}>
            {commonMessages.showMore}
          </Button>
        </div>
      )}
      {isAdding && kind.form(() => setAdding(false))}
    </main>
  );
}

function RecordTable<Node extends { id: string }>({
  kind,
  nodes,
}: {
  kind: RecordKind<Node>;
  nodes: Node[];
}) {
  return (
    <table className="record-table">
      <thead>
        <tr>
          {kind.columns.map(({ title }) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {nodes.map((node) => (
          <tr key={node.id}>
            {kind.columns.map(({ title, cell }, index) => (
              <td key={title} data-title={title}>
                {index === 0 ? <Link href={recordHref(kind.path, node.id)}>{cell(node)}</Link> : cell(node)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
