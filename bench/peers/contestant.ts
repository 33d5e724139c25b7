/** What the training bench compares: ways to do the same training step of the same model from the same weights. */
import type {Batch} from '../../src/webgpu/train-plan.js';

export interface Contestant {
  /** One step of AdamW with clipping; resolves when the loss (before the update) has been read back, so that the GPU has done the step. */
  step(batch: Batch, step: number): Promise<number>;
}
