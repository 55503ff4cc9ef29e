import { setImmediate as nextTurn } from 'node:timers/promises';

/** Asked when nothing is left to do: looks for work, starts it, and says whether it found any. */
type WorkSource = () => Promise<boolean>;

/** A timer that has not run yet. */
export interface ScheduledTimer {
  /** Takes the timer out of the queue; does nothing once it has run. */
  cancel(): void;
}

/**
 * The time of the local system. It stands still while anything is at work and moves only by `advanceTo`, from timer to
 * timer, so that 120 days pass in the time the work takes and a run can be repeated.
 *
 * Work counts as settled when no timer is due, no tracked promise is open, the promise chains these started have run to
 * their end, and no source finds more. Never await `settle`, `waitUntilIdle` or `advanceTo` inside tracked work: it
 * would wait for itself.
 */
export class VirtualClock {
  readonly #timers = new TimerQueue();
  readonly #sources: WorkSource[] = [];
  readonly #onError: (error: unknown) => void;
  #nowMillis: number;
  #inFlight = 0;
  #ranTimers = 0;
  #waiting: (() => void)[] = [];
  #settling: Promise<void> | undefined;
  #advancing: Promise<unknown> = Promise.resolve();

  /**
   * @param startAtMillis first instant, epoch milliseconds
   * @param onError receives what a timer or a source throws; prints it when left out
   */
  constructor(startAtMillis: number, onError: (error: unknown) => void = (error) => console.error(error)) {
    this.#nowMillis = requireInstant(startAtMillis);
    this.#onError = onError;
  }

  /** Virtual epoch milliseconds. Stands still between advances. */
  now(): number {
    return this.#nowMillis;
  }

  /**
   * Runs `run` at `atMillis`: in order of time, then of scheduling. A time that has come already runs soon, by itself.
   */
  schedule(atMillis: number, run: () => unknown): ScheduledTimer {
    const timer = this.#timers.add(requireInstant(atMillis), run);
    if (atMillis <= this.#nowMillis) this.#startDue();
    return { cancel: () => this.#timers.remove(timer) };
  }

  /** Counts `work` as in flight until it ends; settling waits for it. Hands back the same outcome. */
  track<T>(work: Promise<T>): Promise<T> {
    this.#inFlight += 1;
    return work.finally(() => this.#land());
  }

  /** Adds something to ask for work whenever nothing else is left to do, such as a stream to poll. */
  addSource(drain: WorkSource): void {
    this.#sources.push(drain);
  }

  /**
   * Resolves when nothing is due, nothing is in flight and no source finds work. Calls at the same time share one run.
   */
  settle(): Promise<void> {
    this.#settling ??= this.#runUntilIdle();
    return this.#settling;
  }

  /** The same as `settle`, by the name its callers outside an advance know it. The clock does not move. */
  waitUntilIdle(): Promise<void> {
    return this.settle();
  }

  /**
   * Moves the clock to `atMillis`, stopping at every instant that has timers until all they start has settled. Advances
   * asked for at the same time run one after the other.
   *
   * @returns how many timers ran
   * @throws RangeError when `atMillis` lies before the present of the clock
   */
  advanceTo(atMillis: number): Promise<number> {
    const advance = this.#advancing.then(() => this.#advance(requireInstant(atMillis)));
    // The chain only orders advances: a refused one is reported to its own caller and must not stop the next.
    this.#advancing = advance.catch(() => undefined);
    return advance;
  }

  async #advance(atMillis: number): Promise<number> {
    if (atMillis < this.#nowMillis) {
      throw new RangeError(
        `the clock is at ${iso(this.#nowMillis)}: it cannot go back to ${iso(atMillis)}; advance forward`,
      );
    }
    const ranBefore = this.#ranTimers;
    await this.#settleFully();
    for (
      let next = this.#timers.first();
      next !== undefined && next.atMillis <= atMillis;
      next = this.#timers.first()
    ) {
      this.#nowMillis = Math.max(this.#nowMillis, next.atMillis);
      await this.#settleFully();
    }
    this.#nowMillis = atMillis;
    return this.#ranTimers - ranBefore;
  }

  /** Whoever else waited for the clock to settle may have begun something since. */
  async #settleFully(): Promise<void> {
    do await this.settle();
    while (this.#hasWork());
  }

  /** Runs what is due without being asked, also while work is in flight that may depend on it. */
  #startDue(): void {
    void this.settle();
    this.#wake();
  }

  async #runUntilIdle(): Promise<void> {
    // Started on a later microtask, so that `#settling` is set before anything runs.
    await Promise.resolve();
    for (;;) {
      this.#runDueTimers();
      if (this.#inFlight > 0) {
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
        continue;
      }
      // A turn of the event loop lets every promise chain that was just woken run to its end or start new work.
      await nextTurn();
      if (this.#hasWork() || (await this.#askSources()) || this.#hasWork()) continue;
      this.#settling = undefined;
      return;
    }
  }

  #hasWork(): boolean {
    const next = this.#timers.first();
    return this.#inFlight > 0 || (next !== undefined && next.atMillis <= this.#nowMillis);
  }

  #runDueTimers(): void {
    for (let next = this.#timers.first(); next !== undefined; next = this.#timers.first()) {
      if (next.atMillis > this.#nowMillis) return;
      this.#timers.remove(next);
      this.#ranTimers += 1;
      this.#runTimer(next.run);
    }
  }

  #runTimer(run: () => unknown): void {
    try {
      const outcome = run();
      if (outcome instanceof Promise) this.track(outcome).catch((error: unknown) => this.#report(error));
    } catch (error) {
      this.#report(error);
    }
  }

  async #askSources(): Promise<boolean> {
    let found = false;
    for (const drain of this.#sources) {
      try {
        found = (await drain()) || found;
      } catch (error) {
        this.#report(error);
      }
    }
    return found;
  }

  #land(): void {
    this.#inFlight -= 1;
    if (this.#inFlight === 0) this.#wake();
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }

  /** A handler that throws itself must not stop the clock. */
  #report(error: unknown): void {
    try {
      this.#onError(error);
    } catch (handlerError) {
      console.error(handlerError, error);
    }
  }
}

function requireInstant(millis: number): number {
  if (!Number.isFinite(millis)) throw new RangeError(`not an instant: ${millis}; give epoch milliseconds`);
  return millis;
}

function iso(millis: number): string {
  return new Date(millis).toISOString();
}

interface Timer {
  readonly atMillis: number;
  readonly ordinal: number;
  readonly run: () => unknown;
}

/**
 * Timers in order of their instant, then of insertion. A sorted array: adding to 100 000 waiting timers takes
 * microseconds.
 */
class TimerQueue {
  readonly #timers: Timer[] = [];
  #lastOrdinal = 0;

  first(): Timer | undefined {
    return this.#timers[0];
  }

  add(atMillis: number, run: () => unknown): Timer {
    this.#lastOrdinal += 1;
    const timer = { atMillis, ordinal: this.#lastOrdinal, run };
    this.#timers.splice(this.#position(timer), 0, timer);
    return timer;
  }

  remove(timer: Timer): void {
    const position = this.#position(timer);
    if (this.#timers[position] === timer) this.#timers.splice(position, 1);
  }

  /** Where `timer` stands or belongs: the number of timers that run before it. */
  #position(timer: Timer): number {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#timers[middle];
      if (other !== undefined && runsBefore(other, timer)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function runsBefore(left: Timer, right: Timer): boolean {
  return left.atMillis < right.atMillis || (left.atMillis === right.atMillis && left.ordinal < right.ordinal);
}
