/** What can be said of one tensor of weights while the model trains. Types only: they cross between page and engine. */
import type {TensorStatistics} from '../math/tensor-reading.js';

export interface WeightReading extends TensorStatistics {
  /** Its GPT-2 name: `h.0.attn.c_attn.weight`. */
  name: string;
  shape: number[];
  /** The step after which it was read. */
  step: number;
  /** The standard deviation of the random numbers that training begins with. Of matrices only: a vector's numbers start equal. */
  initialDeviation?: number;
  /** The key of those random numbers (see `normals`): what training from this model's seed begins with. Of matrices only. */
  initialKey?: number;
  /** Of the last training step; absent before the first one, after the weights were replaced, and of frozen tensors. */
  training?: {
    /** The norm of the gradient, before clipping. Absent until a step was done after the tensor was first asked for. */
    gradientNorm?: number;
    /** The norm of AdamW's first moment, corrected for its start at 0: a running mean of the clipped gradient. */
    meanGradientNorm: number;
    /** The norm of what the step changed, and its share of the norm before. */
    updateNorm: number;
    updateShare: number;
  };
  /** Every tensor of the model. */
  tensors: {name: string; shape: number[]}[];
}
