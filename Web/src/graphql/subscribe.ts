/** Subscriptions over server-sent events, in the distinct connections mode of the graphql-sse protocol. */
import { delay } from '../state/delay';
import type { Delay } from '../state/delay';
import type { AnyDocument, ResultOf, VariablesOf } from './TypedDocument';

export interface SubscriptionListener<Data> {
  onData(data: Data): void;
  onOpen(): void;
  /** What happened since the last data is unknown: ask for what is on screen again. */
  onMissed(): void;
  /** Trying again is under way. `isRefused`: the server was not unreachable, it would not have us. */
  onLost(isRefused: boolean): void;
}

/** What of the browser a test replaces. */
export interface Surroundings {
  openSource(address: string): Source;
  delay: Delay;
  /** Milliseconds of a clock that only runs forwards. */
  now(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
}

export interface Source {
  readonly readyState: number;
  close(): void;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
}

const browser: Surroundings = {
  // Its types know of no events with names of one's own.
  openSource: (address) => new EventSource(address) as Source,
  delay,
  now: () => performance.now(),
  random: Math.random,
};

/** `EventSource.CLOSED`: it has given up, and so it falls to us to try again. */
const closed = 2;
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/** Answers the function that ends it. */
export function subscribe<Document extends AnyDocument>(
  document: Document,
  variables: VariablesOf<Document>,
  listener: SubscriptionListener<ResultOf<Document>>,
  environment: Surroundings = browser,
): () => void {
  const address = `/graphql/stream?${new URLSearchParams({
    query: document,
    variables: JSON.stringify(variables),
  })}`;
  let failures = 0;
  let end = () => {};

  const start = () => {
    const source = environment.openSource(address);
    let isOver = false;
    let openedAt: number | undefined;
    // A source that has seen an id sends the last one when it connects again: the server goes on from there.
    let canResume = false;

    end = () => {
      isOver = true;
      source.close();
    };
    const startOver = (isRefused: boolean) => {
      end();
      listener.onLost(isRefused);
      if (openedAt !== undefined && environment.now() - openedAt > longestPauseMs) failures = 0;
      end = environment.delay(start, pauseAfter(failures, environment.random()));
      failures += 1;
    };
    const on = (type: string, handle: (event: MessageEvent<string>) => void) =>
      source.addEventListener(type, (event) => {
        if (!isOver) handle(event);
      });

    on('open', () => {
      openedAt = environment.now();
      listener.onOpen();
      if (!canResume) listener.onMissed();
    });
    on('next', ({ data, lastEventId }) => {
      canResume ||= lastEventId !== '';
      const answer = readAnswer<ResultOf<Document>>(data);
      if (answer?.data && !answer.errors) {
        failures = 0;
        listener.onData(answer.data);
      } else if (answer?.errors?.[0]?.extensions?.code !== 'RESUME_POSITION_EXPIRED') {
        listener.onMissed();
      }
      // After an expired position the stream completes, and the one that follows begins with what was missed.
    });
    on('complete', () => startOver(false));
    on('error', () => {
      if (source.readyState === closed) startOver(true);
      else listener.onLost(false);
    });
  };

  start();
  return () => end();
}

/** Doubles with each failure, and differs between browsers, so that they do not all come back at once. */
export function pauseAfter(failures: number, random: number): number {
  const longest = Math.min(firstPauseMs * 2 ** failures, longestPauseMs);
  return longest * (0.5 + random / 2);
}

interface StreamedAnswer<Data> {
  data?: Data | null;
  errors?: Array<{ extensions?: { code?: string } }>;
}

function readAnswer<Data>(text: string): StreamedAnswer<Data> | undefined {
  try {
    return JSON.parse(text) as StreamedAnswer<Data>;
  } catch {
    return undefined;
  }
}
