import type { Source, Surroundings } from '../src/graphql/subscribe';

/** An EventSource in a test's hand: `open`, `send` and `fail` are what the server and the network do. */
export class FakeSource implements Source {
  readyState = 0;
  private listeners = new Map<string, (event: MessageEvent<string>) => void>();

  constructor(readonly address: string) {}

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.listeners.set(type, listener);
  }

  close(): void {
    this.readyState = 2;
  }

  open(): void {
    this.readyState = 1;
    this.dispatch('open');
  }

  send(answer: unknown, lastEventId = '7'): void {
    this.dispatch('next', JSON.stringify(answer), lastEventId);
  }

  complete(): void {
    this.dispatch('complete');
  }

  /** The connection breaks: the browser tries again by itself, or has given up. */
  fail(givesUp: boolean): void {
    this.readyState = givesUp ? 2 : 0;
    this.dispatch('error');
  }

  dispatch(type: string, data = '', lastEventId = ''): void {
    this.listeners.get(type)?.({ data, lastEventId } as MessageEvent<string>);
  }
}

/** Time that passes when a test says so. */
export class FakeClock {
  now = 0;
  private timers: Array<{ at: number; action: () => void }> = [];

  later = (action: () => void, milliseconds: number) => {
    const timer = { at: this.now + milliseconds, action };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  };

  pass(milliseconds: number): void {
    const until = this.now + milliseconds;
    for (;;) {
      const [next] = this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.timers = this.timers.filter((other) => other !== next);
      this.now = next.at;
      next.action();
    }
    this.now = until;
  }
}

export class FakeStreams {
  readonly clock = new FakeClock();
  readonly sources: FakeSource[] = [];

  readonly around: Surroundings = {
    openSource: (address) => {
      const source = new FakeSource(address);
      this.sources.push(source);
      return source;
    },
    delay: this.clock.later,
    now: () => this.clock.now,
    // The longest of the possible pauses.
    random: () => 1,
  };

  get last(): FakeSource {
    const source = this.sources[this.sources.length - 1];
    if (!source) throw new Error('Nothing was opened.');
    return source;
  }
}
