import type {LabeledBatch} from '../../data/batches.js';
import {SessionError} from '../errors.js';
import {nextTokenLoss} from './language.js';
import type {Metrics} from './metrics.js';
import type {Task} from './task.js';

/** The task of a model that there is no text for: it can be read and can write, and says why it cannot be trained. */
export class MissingTask implements Task {
  readonly examples = {train: 0, validation: 0};
  readonly loss = nextTokenLoss;
  readonly tuning = {};
  readonly isPlannable = true;
  readonly #problem: string;

  /** @param problem a sentence for readers */
  constructor(problem: string) {
    this.#problem = problem;
  }

  batch(): LabeledBatch {
    throw new SessionError(this.#problem);
  }

  async evaluate(): Promise<Metrics> {
    throw new SessionError(this.#problem);
  }
}
