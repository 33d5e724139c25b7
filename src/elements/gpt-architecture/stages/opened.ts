/** What is looked at closely: the tensor of a stage, chosen by what is open or by the walkthrough. */
import type {Config} from '../data/architecture-data.js';
import {headIn, partOpened} from '../data/open-part.js';
import {type Stage, stagesOf} from './stages.js';

/** A stage that computes a tensor. */
export type TensorStage = Stage & {tensor: string};

export interface Opened {
  /** The stage that computes the tensor on show. */
  stage: TensorStage;
  /** The part of the map that it belongs to: `h.0.attn.2`. */
  part: string;
  head: number;
  /** All stages of this part: their tensors can be looked at next. */
  beside: readonly TensorStage[];
}

export interface OpenedInput {
  /** What is open; empty: nothing. */
  open: string;
  /** The stage of the walkthrough; empty: none. */
  stage: string;
  /** The head on show where `open` names none. */
  head: number;
  config: Config;
}

/**
 * Returns what is looked at: the tensor that `open` names; of a part, the walkthrough’s tensor where that belongs to it, else the part’s
 * most telling one. Undefined where nothing is open, or nothing that this model has.
 */
export function openedOf({open, stage, head: usual, config}: OpenedInput): Opened | undefined {
  const stages = stagesOf(config).filter((one): one is TensorStage => one.tensor !== undefined);
  const head = headIn(open) ?? usual;
  if (head >= config.nHeads) return undefined;
  const walked = stages.find(({id}) => id === stage);
  const part = partOpened(open) || (walked && partOf(walked, head));
  if (!part) return undefined;
  const beside = stages.filter((one) => isBeside(one, part));
  const shown =
    beside.find((one) => addressOf(one, head) === open) ??
    beside.find((one) => one === walked && belongs(one, part)) ??
    beside.find(({tensor}) => tensor === mostTelling(part));
  return shown && {stage: shown, part, head, beside};
}

/** Whether each head has a tensor of its own; those of the weighted values stand side by side. */
export const isPerHead = ({tensor}: TensorStage): boolean => /\.attn\.(?!out$)/.test(tensor);

/** Returns what opens a stage’s tensor: `h.0.attn.2.probs`. */
export const addressOf = (stage: TensorStage, head: number): string =>
  isPerHead(stage) ? stage.tensor.replace('.attn.', `.attn.${head}.`) : stage.tensor;

const partOf = (stage: TensorStage, head: number): string =>
  isPerHead(stage) ? `${stage.parts[0]}.${head}` : stage.parts[0]!;

/** Whether a stage is one of the same embedding, sublayer or block, or of the prediction. */
function isBeside({parts: [own = '']}: Stage, part: string): boolean {
  const around = part.replace(/^(h\.\d+\.attn|embed)\..*/, '$1');
  return own === around || own.startsWith(`${around}.`);
}

/** Whether a stage computes a tensor of this very part: a head has none of the whole attention. */
const belongs = (stage: TensorStage, part: string): boolean => headIn(part) === undefined || isPerHead(stage);

function mostTelling(part: string): string {
  if (part === 'next') return 'probs';
  if (part.startsWith('embed')) return part;
  if (headIn(part) !== undefined) return part.replace(/\d+$/, 'probs');
  return `${part}.${part.endsWith('.attn') ? 'out' : part.endsWith('.mlp') ? 'hidden' : 'resid_post'}`;
}
