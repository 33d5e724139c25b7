import type {TrainingOptions} from '../../training/options.js';

export type Work = 'step' | 'evaluation' | 'sample' | 'save';

/** Weight of the newest measurement in the running mean. */
const NEWEST = 0.1;

/** How long each kind of work takes, and what that means for the rest of a run. */
export class Pace {
  readonly #ms: Partial<Record<Work, number>> = {};

  measured(work: Work, ms: number): void {
    const mean = this.#ms[work];
    this.#ms[work] = mean === undefined ? ms : mean + NEWEST * (ms - mean);
  }

  /** Smoothed over about the last ten steps. */
  tokensPerSecond(tokensPerStep: number): number {
    return (1000 * tokensPerStep) / Math.max(1e-3, this.#ms.step ?? 0);
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
