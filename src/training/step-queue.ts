import type {StepReport} from '../webgpu/report.js';
import {NumericError, StepError} from './errors.js';

export interface StepResult {
  /** Steps done, this one included. */
  step: number;
  /** Mean loss of the batch before the update, nats. */
  loss: number;
  /** Global norm before clipping. */
  gradientNorm: number;
  learningRate: number;
  /** Tokens of this step's batch. */
  tokens: number;
  /** Tokens trained on so far, this step's included. */
  tokensSeen: number;
}

/** A step that has begun. Its result can be read later, after other steps have begun. */
export interface PendingStep {
  step: number;
  /**
   * Returns the result, once all steps before this one are done.
   * @throws {NumericError} where loss or norm is not finite: this step and all that began after it changed nothing
   * @throws {StepError} where the weights were replaced before this step was done
   */
  read(): Promise<StepResult>;
}

/** A step that was submitted: what is known already, and how to ask for the rest. */
export interface SubmittedStep extends Pick<StepResult, 'learningRate' | 'tokens'> {
  report(): Promise<StepReport>;
}

const replaced = () =>
  new StepError('The weights were replaced while a step was under way: it was discarded.');

/** The steps in flight: begun, but not known to be good. Their results are taken in the order in which they began. */
export class StepQueue {
  #done = 0;
  #begun = 0;
  #tokensSeen = 0;
  #newest?: PendingStep;
  /** The settings that the newest step began with. */
  #settings?: object;
  #busy = false;
  /** Goes up when the steps in flight are discarded. */
  #epoch = 0;

  readonly #onFailure: () => void;

  /** @param onFailure called when the result of a step is not finite, before another begins */
  constructor(onFailure: () => void) {
    this.#onFailure = onFailure;
  }

  /** Steps done. */
  get done(): number {
    return this.#done;
  }

  /** Steps begun: those done and those in flight. */
  get begun(): number {
    return this.#begun;
  }

  /** Tokens of all steps done. */
  get tokensSeen(): number {
    return this.#tokensSeen;
  }

  /**
   * Begins the next step.
   * @param settings a step with other settings than the one before begins only after that one is done: it may need other kernels
   * @param submit is given the number of the step, and whether the step is still wanted
   * @throws {StepError} where another step is being submitted, or the weights are replaced meanwhile
   */
  begin(
    settings: object,
    submit: (step: number, isWanted: () => boolean) => Promise<SubmittedStep>,
  ): Promise<PendingStep> {
    return this.exclusively(async () => {
      const epoch = this.#epoch;
      const isWanted = () => epoch === this.#epoch;
      if (this.#newest && this.#settings !== settings) await this.settle();
      if (!isWanted()) throw replaced();
      this.#settings = settings;
      const step = this.#begun + 1;
      const pending = this.#pend(step, await submit(step, isWanted), isWanted);
      if (isWanted()) {
        this.#begun = step;
        this.#newest = pending;
      }
      return pending;
    });
  }

  /**
   * Runs `work` while no step can begin.
   * @throws {StepError} where a step is being submitted
   */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new StepError('A training step is still under way: wait for it before the next.');
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }

  /** Waits for the steps in flight, so that weights, step and loss belong together. Errors go to whoever began the steps. */
  async settle(): Promise<void> {
    await this.#newest?.read().catch(() => {});
  }

  /** Discards the steps in flight. */
  discard(): void {
    this.#epoch++;
    this.#forgetPending();
  }

  /** Discards the steps in flight and continues after the given step. */
  restart(step: number, tokensSeen: number): void {
    this.#done = step;
    this.#tokensSeen = tokensSeen;
    this.discard();
  }

  #forgetPending(): void {
    this.#begun = this.#done;
    this.#newest = undefined;
  }

  #pend(step: number, submitted: SubmittedStep, isWanted: () => boolean): PendingStep {
    let before = this.#newest;
    const {learningRate, tokens} = submitted;
    const take = async (): Promise<StepResult> => {
      const report = submitted.report();
      report.catch(() => {}); // the step before may have failed already
      await before?.read();
      before = undefined;
      const {loss, gradientNorm} = await report;
      if (!isWanted()) throw replaced();
      if (this.#newest === pending) this.#newest = undefined;
      if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
        this.#forgetPending();
        this.#onFailure();
        throw new NumericError(step, loss, gradientNorm);
      }
      this.#done = step;
      this.#tokensSeen += tokens;
      return {step, learningRate, tokens, loss, gradientNorm, tokensSeen: this.#tokensSeen};
    };
    let result: Promise<StepResult> | undefined;
    const pending: PendingStep = {step, read: () => (result ??= take())};
    return pending;
  }
}
