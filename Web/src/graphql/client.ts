/** A tiny GraphQL client: one POST, one answer, failures in words a person can read. */
import { requestMessages } from './messages';
import type { AnyDocument, ResultOf, VariablesOf } from './TypedDocument';

export type FailureKind =
  /** The server was not reached, or did not answer in time. What was sent may or may not have arrived. */
  | 'unreached'
  | 'signedOut'
  /** The server answered, and said no. */
  | 'refused';

export class RequestFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly code?: string,
    /** The input field that is to blame, where the server names one. */
    readonly field?: string,
  ) {
    super(message);
    this.name = 'RequestFailure';
  }
}

/** The server takes cookie-bearing requests only with this header, which other sites cannot add (CSRF). */
export const clientHeaders = { 'Content-Type': 'application/json', 'X-Phos-Client': 'web' };

const answerDeadlineMs = 20_000;
/** Files take their time: what even a slow line carries in a millisecond. */
const charactersPerMs = 50;
let signedOutListener: () => void = () => {};

export function onSignedOut(listener: () => void): void {
  signedOutListener = listener;
}

interface GraphQLAnswer<Data> {
  data?: Data | null;
  errors?: Array<{ message?: string; extensions?: { code?: string; field?: string | null } }>;
}

export async function postJson(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const deadline = new AbortController();
  const text = JSON.stringify(body);
  const timer = setTimeout(() => deadline.abort(), answerDeadlineMs + text.length / charactersPerMs);
  const cancel = () => deadline.abort();
  signal?.addEventListener('abort', cancel);
  try {
    return await fetch(path, {
      method: 'POST',
      headers: clientHeaders,
      credentials: 'same-origin',
      body: text,
      signal: deadline.signal,
    });
  } catch {
    throw new RequestFailure('unreached', requestMessages.unreachable);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

export async function request<Document extends AnyDocument>(
  query: Document,
  variables: VariablesOf<Document>,
  signal?: AbortSignal,
): Promise<ResultOf<Document>> {
  const response = await postJson('/graphql', { query, variables }, signal);
  let answer: GraphQLAnswer<ResultOf<Document>>;
  try {
    answer = (await response.json()) as GraphQLAnswer<ResultOf<Document>>;
  } catch {
    throw unreadable(response.status);
  }
  const first = answer?.errors?.[0];
  const code = first?.extensions?.code;
  if (response.status === 401 || code === 'UNAUTHENTICATED') {
    signedOutListener();
    throw new RequestFailure('signedOut', requestMessages.signedOut, code);
  }
  if (first || !answer?.data) {
    throw refusal(response.status, first?.message, code, first?.extensions?.field ?? undefined);
  }
  return answer.data;
}

function unreadable(status: number): RequestFailure {
  if (status === 401) {
    signedOutListener();
    return new RequestFailure('signedOut', requestMessages.signedOut);
  }
  // A proxy's error page: whether the request arrived is unknown, so this counts as not reached.
  return new RequestFailure('unreached', requestMessages.unreadableAnswer);
}

function refusal(
  status: number,
  message: string | undefined,
  code: string | undefined,
  field: string | undefined,
): RequestFailure {
  if (status === 413) return new RequestFailure('refused', requestMessages.tooLarge, code);
  if (status === 429) return new RequestFailure('refused', requestMessages.tooMany, code);
  if (!message || code === 'INTERNAL_SERVER_ERROR' || code === 'INTERNAL') {
    return new RequestFailure('refused', requestMessages.serverFailed, code);
  }
  return new RequestFailure('refused', message, code, field);
}

export function messageFor(error: unknown): string {
  return error instanceof RequestFailure ? error.message : requestMessages.failed;
}
