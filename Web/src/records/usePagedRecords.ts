import { useCallback, useEffect, useRef, useState } from 'react';
import { request, RequestFailure, messageFor } from '../graphql/client';
import type { TypedDocument } from '../graphql/TypedDocument';
import type { Connection } from '../graphql/types';
import { useDebounced } from '../ui/useDebounced';

const pageSize = 30;

/** A list that is asked for with a search and a place to go on from. */
export type PagedDocument<Node> = TypedDocument<
  { records: Connection<Node> },
  { search: string | null; first: number; after: string | null }
>;

/** A searchable list, a page at a time. */
export function usePagedRecords<Node>(list: PagedDocument<Node>, search: string) {
  const settled = useDebounced(search.trim());
  const [nodes, setNodes] = useState<Node[]>();
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<string>();
  const [isLoading, setLoading] = useState(true);
  const turn = useRef(0);

  const load = useCallback(
    async (after: string | null) => {
      const mine = ++turn.current;
      setLoading(true);
      setError(undefined);
      try {
        const variables = { search: settled || null, first: pageSize, after };
        const { records } = await request(list, variables);
        if (mine !== turn.current) return;
        const page = records.edges.map(({ node }) => node);
        setNodes((current) => (after ? [...(current ?? []), ...page] : page));
        setNext(records.pageInfo.hasNextPage ? records.pageInfo.endCursor : null);
      } catch (failure) {
        if (failure instanceof RequestFailure && failure.kind === 'signedOut') return;
        if (mine === turn.current) setError(messageFor(failure));
      } finally {
        if (mine === turn.current) setLoading(false);
      }
    },
    [list, settled],
  );

  useEffect(() => void load(null), [load]);
  const reload = useCallback(() => void load(null), [load]);
  const loadMore = next ? () => void load(next) : undefined;
  return { nodes, error, isLoading, reload, loadMore, isSearch: settled !== '' };
}
