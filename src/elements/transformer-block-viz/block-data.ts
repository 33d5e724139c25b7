/** What `<transformer-block-viz>` shows: the values inside one block, and what becomes of the prediction. */
import type {Intervention} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabel} from '../../tokenizers/token-label.js';
import {interventionFor, NODES, type NodeId, type Switch} from './block-nodes.js';

export type BlockValues = Readonly<Record<NodeId, Float32Array>>;

/** What the whole model makes of the text. */
export interface Outcome {
  /** Mean cross-entropy of the text, in nats per token; absent for a text of one token. */
  loss?: number;
  /** The likeliest token after the text. */
  next: string;
  probability: number;
}

export interface BlockData {
  tokens: readonly string[];
  width: number;
  layers: number;
  /** Counted from 0. */
  layer: number;
  /** `[T · C]` each. */
  values: BlockValues;
  /** Where a part is switched off: the values with everything on. */
  usual?: BlockValues;
  /** Absent for given values. */
  outcomes?: {usual: Outcome; changed?: Outcome};
  step?: number;
}

/** A block's values as a page hands them over: `[T][C]` each. */
export type BlockInput = Readonly<Record<NodeId, readonly (readonly number[])[]>>;

/** @throws {RangeError} where the shapes do not fit, with a sentence for the reader */
export function blockFrom(input: BlockInput, tokens: readonly string[]): BlockData {
  const width = input.resid_pre?.[0]?.length ?? 0;
  const values = NODES.map(({id}) => {
    const rows = input[id];
    if (!rows || rows.length !== tokens.length || !width || rows.some((row) => row.length !== width))
      throw new RangeError(
        `“${id}” must have ${tokens.length} rows, one for each token, all as long as those of “resid_pre”.`,
      );
    return [id, Float32Array.from(rows.flat())] as const;
  });
  return {tokens, width, layers: 1, layer: 0, values: Object.fromEntries(values) as unknown as BlockValues};
}

/** @param layer Counted from 0; the nearest one that exists. @param off A part that is switched off */
export async function readBlock(
  model: LiveModel,
  ids: readonly number[],
  layer: number,
  off: Switch | undefined,
  signal: AbortSignal,
): Promise<BlockData> {
  const {embDim: width, nLayers: layers} = (await model.ready).config;
  const shown = Math.max(0, Math.min(layers - 1, Math.round(layer) || 0));
  const changes = off && [interventionFor(off, shown)];
  const [usual, usualOutcome, changed, changedOutcome] = await Promise.all([
    readValues(model, ids, shown, undefined, signal),
    readOutcome(model, ids, undefined, signal),
    changes && readValues(model, ids, shown, changes, signal),
    changes && readOutcome(model, ids, changes, signal),
  ]);
  return {
    tokens: ids.map((id) => tokenLabel(model.tokenizer!, id)),
    width,
    layers,
    layer: shown,
    values: changed ?? usual,
    usual: changed && usual,
    outcomes: {usual: usualOutcome, changed: changedOutcome},
    step: model.step,
  };
}

async function readValues(
  model: LiveModel,
  ids: readonly number[],
  layer: number,
  interventions: readonly Intervention[] | undefined,
  signal: AbortSignal,
): Promise<BlockValues> {
  const name = (at: string): string => `h.${layer}.${at}`;
  const want = NODES.map(({at}) => name(at));
  const trace = await model.trace({ids, want, signal, ...(interventions && {options: {interventions}})});
  return Object.fromEntries(NODES.map(({id, at}) => [id, trace[name(at)]!.data])) as unknown as BlockValues;
}

async function readOutcome(
  model: LiveModel,
  ids: readonly number[],
  interventions: readonly Intervention[] | undefined,
  signal: AbortSignal,
): Promise<Outcome> {
  const targets = ids.slice(1);
  const readings = await model.lens({ids, count: 1, targets, signal, ...(interventions && {interventions})});
  const last = readings.at(-1)!;
  const best = last.likeliest.at(-1)![0]!;
  const losses = targets.map((_, t) => -Math.log(last.targets[t]![t]!));
  return {
    loss: losses.length ? losses.reduce((sum, loss) => sum + loss) / losses.length : undefined,
    next: tokenLabel(model.tokenizer!, best.id),
    probability: best.probability,
  };
}

/** Returns how far the block's output for a token lies from the usual one, as a share of the usual one's length. */
export function outputChange({values, usual, width}: BlockData, token: number): number | undefined {
  if (!usual) return undefined;
  let [difference, length] = [0, 0];
  for (let i = token * width; i < (token + 1) * width; i++) {
    difference += (values.resid_post[i]! - usual.resid_post[i]!) ** 2;
    length += usual.resid_post[i]! ** 2;
  }
  return Math.sqrt(difference / length);
}
