import type {TrainingOptions} from '../../training/options.js';

export type Work = 'step' | 'evaluation' | 'sample' | 'save';

/** Weight of the newest measurement in the running mean that a speed is told from. */
const NEWEST = 0.1;
/** Least weight of the newest in the mean that the time left is told from: that of about the last hundred. */
const STEADY = 0.01;

/** How long each kind of work takes, and what that means for the rest of a run. */
export class Pace {
  #stepMs = 0;
  /** Means over the whole run, or over so much of it that a few slow steps do not change the time left. */
  readonly #ms: Partial<Record<Work, number>> = {};
  readonly #count: Partial<Record<Work, number>> = {};

  measured(work: Work, ms: number): void {
    const count = (this.#count[work] = (this.#count[work] ?? 0) + 1);
    const mean = this.#ms[work] ?? 0;
    this.#ms[work] = mean + Math.max(1 / count, STEADY) * (ms - mean);
    if (work === 'step') this.#stepMs += (count === 1 ? 1 : NEWEST) * (ms - this.#stepMs);
  }

  /** Smoothed over about the last ten steps. */
  tokensPerSecond(tokensPerStep: number): number {
    return (1000 * tokensPerStep) / Math.max(1e-3, this.#stepMs);
  }

  /** Steps, evaluations, samples and saves that are still to come; a kind not yet measured counts nothing. */
  secondsLeft(step: number, options: TrainingOptions): number {
    const {steps, evalInterval, sampleInterval, saveInterval} = options;
    const still = (interval: number) =>
      interval > 0 ? Math.floor(steps / interval) - Math.floor(step / interval) : 0;
    const {step: stepMs = 0, evaluation = 0, sample = 0, save = 0} = this.#ms;
    const ms =
      Math.max(0, steps - step) * stepMs +
      still(evalInterval) * evaluation +
      still(sampleInterval) * sample +
      still(saveInterval) * save;
    return ms / 1000;
  }
}
