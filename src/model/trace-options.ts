import type {GPTConfig} from './config.js';
import type {Intervention} from './interventions.js';

/** Changes to a forward pass; the weights stay. Plain data, because it crosses the worker protocol. No tfjs. */
export interface TraceOptions {
  /** Values that are replaced on the way, in this order: heads switched off, positions left out, activations patched. Default: none. */
  interventions?: readonly Intervention[];
  /** Where the norms stand in this pass. Default: where the configuration has them. */
  norm?: GPTConfig['norm'];
  /** Drops values as a training step does; the same key drops the same values. Default: none. */
  dropout?: {rate: number; key: number};
}
