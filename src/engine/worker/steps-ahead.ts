import type {TrainingSession} from '../../training/session.js';
import type {PendingStep, StepResult} from '../../training/step-queue.js';

/** About how often results are read, in milliseconds: more often than a reader can follow is useless. */
const INTERVAL_MS = 50;
/** Most steps whose results are read together. */
const MAX_GROUP = 32;

export interface DoneStep {
  result: StepResult;
  /** Milliseconds of a step: the mean of those whose results were read together. */
  ms: number;
}

/**
 * Begins steps before the results of earlier ones are read: while those of one group are on their way, the next group is submitted, so that the
 * device never waits for the page. A group has as many steps as the device does in 50 ms, at least one. The reference computes a step before
 * `begin` returns, so it is never ahead.
 */
export class StepsAhead {
  /** Steps submitted since results were last requested. */
  #group: PendingStep[] = [];
  /** The group before, whose results were requested. */
  #requested: PendingStep[] = [];
  #groupSize = 1;
  /** When the last results arrived, or when the first step began after all had. */
  #since = 0;

  constructor(readonly session: TrainingSession) {}

  /** Whether the session has begun steps whose results were not read. */
  get ahead(): boolean {
    return this.#group.length + this.#requested.length > 0;
  }

  /** Begins a step. */
  async begin(): Promise<void> {
    if (!this.ahead) this.#since = performance.now();
    this.#group.push(await this.session.begin());
  }

  /**
   * Yields the steps whose results should be sent now, in their order; where one fails, throws its error after those before it.
   * @param all whether to wait for every step in flight
   */
  async *done(all: boolean): AsyncGenerator<DoneStep> {
    const isAhead = !all && this.session.kernels === 'plan';
    if (isAhead && this.#group.length < this.#groupSize) return;
    this.#group
      .at(-1)
      ?.read()
      .catch(() => {}); // requests the results; errors are thrown below, where they are read
    yield* this.#read(this.#requested);
    this.#requested = this.#group;
    this.#group = [];
    if (!isAhead) yield* this.#read(this.#requested.splice(0));
  }

  async *#read(steps: readonly PendingStep[]): AsyncGenerator<DoneStep> {
    if (steps.length === 0) return;
    const results: StepResult[] = [];
    let failure: {error: unknown} | undefined;
    for (const step of steps)
      try {
        results.push(await step.read());
      } catch (error) {
        failure = {error};
        break;
      }
    const now = performance.now();
    const ms = (now - this.#since) / steps.length;
    this.#since = now;
    this.#groupSize = Math.max(
      1,
      Math.min(MAX_GROUP, 2 * steps.length, Math.round(INTERVAL_MS / Math.max(0.1, ms))),
    );
    for (const result of results) yield {result, ms};
    if (failure) throw failure.error;
  }
}
