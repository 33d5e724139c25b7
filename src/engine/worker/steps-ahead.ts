import type {TrainingSession} from '../../training/session.js';
import type {PendingStep, StepResult} from '../../training/step-queue.js';

/** About how often numbers are asked for; more often than a reader can follow is of no use. */
const INTERVAL_MS = 50;
/** Steps whose numbers are asked for together, at most. */
const MOST = 32;

export interface DoneStep {
  result: StepResult;
  /** How long a step took, on average of those that came together. */
  ms: number;
}

/**
 * Begins steps ahead of their numbers: while those of one group are on their way, the next group is submitted, so that the device never waits
 * for the page. A group is as many steps as the device does in a twentieth of a second, one where a step takes longer. The reference, which
 * computes a step before it lets go of it, is never ahead.
 */
export class StepsAhead {
  #group: PendingStep[] = [];
  #awaited: PendingStep[] = [];
  #size = 1;
  /** When the last numbers came, or the first step since all had come began. */
  #since = 0;

  constructor(readonly session: TrainingSession) {}

  /** Whether the session has begun steps whose numbers have not come. */
  get ahead(): boolean {
    return this.#group.length + this.#awaited.length > 0;
  }

  /** Begins a step. */
  async begin(): Promise<void> {
    if (!this.ahead) this.#since = performance.now();
    this.#group.push(await this.session.begin());
  }

  /** The steps whose numbers should be told now, in their order. @param all whether to wait for every step that has begun */
  async *done(all: boolean): AsyncGenerator<DoneStep> {
    const waits = !all && this.session.kernels === 'plan';
    if (waits && this.#group.length < this.#size) return;
    this.#group
      .at(-1)
      ?.read()
      .catch(() => {}); // asks; whoever takes it below hears of errors
    yield* this.#take(this.#awaited);
    this.#awaited = this.#group;
    this.#group = [];
    if (!waits) yield* this.#take(this.#awaited.splice(0));
  }

  async *#take(steps: readonly PendingStep[]): AsyncGenerator<DoneStep> {
    if (steps.length === 0) return;
    const results = [];
    for (const step of steps) results.push(await step.read());
    const now = performance.now();
    const ms = (now - this.#since) / steps.length;
    this.#since = now;
    this.#size = Math.max(1, Math.min(MOST, 2 * steps.length, Math.round(INTERVAL_MS / Math.max(0.1, ms))));
    for (const result of results) yield {result, ms};
  }
}
