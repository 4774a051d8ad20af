import { useCallback, useEffect, useRef, useState } from 'react';
import type { AnyDocument, ResultOf, VariablesOf } from './TypedDocument';
import { RequestFailure, request, messageFor } from './client';

export interface QueryState<Data> {
  data: Data | undefined;
  error: string | undefined;
  isLoading: boolean;
  reload: () => void;
}

/**
 * Asks when shown and whenever the variables or `revision` change; the last answer stays on screen until the next one arrives.
 * Pass `null` as variables to ask nothing yet.
 */
export function useQuery<Document extends AnyDocument>(
  document: Document,
  variables: VariablesOf<Document> | null,
  revision = 0,
): QueryState<ResultOf<Document>> {
  type Data = ResultOf<Document>;
  const key = variables === null ? null : JSON.stringify(variables);
  const [state, setState] = useState<{ data?: Data; error?: string; isLoading: boolean }>({
    isLoading: key !== null,
  });
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(0);

  useEffect(() => {
    if (key === null) return;
    const abort = new AbortController();
    const turn = ++latest.current;
    setState((current) => ({ ...current, isLoading: true }));
    request(document, JSON.parse(key) as VariablesOf<Document>, abort.signal)
      .then((data) => {
        if (turn === latest.current) setState({ data, isLoading: false });
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted || turn !== latest.current) return;
        if (error instanceof RequestFailure && error.kind === 'signedOut') return;
        setState((current) => ({ ...current, error: messageFor(error), isLoading: false }));
      });
    return () => abort.abort();
  }, [document, key, revision, attempt]);

  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  return { data: state.data, error: state.error, isLoading: state.isLoading && key !== null, reload };
}
