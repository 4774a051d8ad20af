import { useCallback, useEffect, useRef, useState } from 'react';
import { request, RequestFailure, wordsFor } from '../graphql/client';
import type { Connection } from '../graphql/types';
import { useDebounced } from '../ui/useDebounced';

const pageSize = 30;

/** A searchable list, a page at a time. The query's one field must be a connection. */
export function usePagedRecords<Node>(query: string, field: string, search: string) {
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
        const answer = await request<Record<string, Connection<Node>>>(query, variables);
        const connection = answer[field];
        if (mine !== turn.current || !connection) return;
        const page = connection.edges.map(({ node }) => node);
        setNodes((current) => (after ? [...(current ?? []), ...page] : page));
        setNext(connection.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null);
      } catch (failure) {
        if (failure instanceof RequestFailure && failure.kind === 'signedOut') return;
        if (mine === turn.current) setError(wordsFor(failure));
      } finally {
        if (mine === turn.current) setLoading(false);
      }
    },
    [query, field, settled],
  );

  useEffect(() => void load(null), [load]);
  const reload = useCallback(() => void load(null), [load]);
  const loadMore = next ? () => void load(next) : undefined;
  return { nodes, error, isLoading, reload, loadMore, isSearch: settled !== '' };
}
