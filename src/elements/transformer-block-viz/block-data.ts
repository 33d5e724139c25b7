/** What `<transformer-block-viz>` shows: the values inside one block, and what becomes of the prediction. */
import type {TraceOptions} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabels} from '../../tokenizers/token-label.js';
import {nearestIndex} from '../../ui/base/chosen-index.js';
import {type Outcome, readOutcome} from '../../ui/model/outcome.js';
import {
  CHANGES,
  type Change,
  NODES,
  type NodeId,
  type NormPlace,
  optionsFor,
  outputOf,
} from './block-nodes.js';

export type BlockValues = Readonly<Record<NodeId, Float32Array>>;

export interface Outcomes {
  /** Of the model as it is. */
  usual: Outcome;
  /** With each change that the model can undergo. */
  changed: ReadonlyMap<Change['id'], Outcome>;
}

export interface BlockData {
  tokens: readonly string[];
  width: number;
  layers: number;
  /** Counted from 0. */
  layer: number;
  /** Where the norms stand in what is shown, and in the model as it is. */
  norm: NormPlace;
  usualNorm: NormPlace;
  /** `[T · C]` each. */
  values: BlockValues;
  /** Where something is changed: the values of the model as it is. */
  usual?: BlockValues;
  /** Absent for given values. */
  outcomes?: Outcomes;
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
  return {
    tokens,
    width,
    layers: 1,
    layer: 0,
    norm: 'pre',
    usualNorm: 'pre',
    values: Object.fromEntries(values) as unknown as BlockValues,
  };
}

/** What a forward pass does otherwise. */
type Changes = Pick<TraceOptions, 'interventions' | 'norm'>;

/** @param layer Counted from 0; the nearest one that exists. @param change What the reader changes, if anything */
export async function readBlock(
  model: LiveModel,
  ids: readonly number[],
  layer: number,
  change: Change | undefined,
  signal: AbortSignal,
): Promise<BlockData> {
  const {embDim: width, nLayers: layers, norm: usualNorm = 'pre'} = (await model.ready).config;
  const shown = nearestIndex(layer, layers);
  const possible = CHANGES.filter(({id}) => id !== 'post-norm' || usualNorm === 'pre');
  const made = possible.includes(change!) ? optionsFor(change!, shown) : undefined;
  const norm = made?.norm ?? usualNorm;
  const [usual, changed, usualOutcome, ...outcomes] = await Promise.all([
    readValues(model, ids, shown, {}, signal),
    made && readValues(model, ids, shown, made, signal),
    readOutcome(model, ids, {count: 1}, signal),
    ...possible.map((one) => readOutcome(model, ids, {count: 1, ...optionsFor(one, shown)}, signal)),
  ]);
  return {
    tokens: tokenLabels(model.tokenizer!, ids),
    width,
    layers,
    layer: shown,
    norm,
    usualNorm,
    values: changed ?? usual,
    usual: changed && usual,
    outcomes: {usual: usualOutcome, changed: new Map(possible.map(({id}, i) => [id, outcomes[i]!]))},
    step: model.step,
  };
}

async function readValues(
  model: LiveModel,
  ids: readonly number[],
  layer: number,
  options: Changes,
  signal: AbortSignal,
): Promise<BlockValues> {
  const name = (at: string): string => `h.${layer}.${at}`;
  const want = NODES.map(({at}) => name(at));
  const trace = await model.trace({ids, want, signal, ...(Object.keys(options).length > 0 && {options})});
  return Object.fromEntries(NODES.map(({id, at}) => [id, trace[name(at)]!.data])) as unknown as BlockValues;
}

/** Returns how far the block's output for a token lies from the usual one, as a share of the usual one's length. */
export function outputChange(
  {values, usual, width, norm, usualNorm}: BlockData,
  token: number,
): number | undefined {
  if (!usual) return undefined;
  const [now, before] = [values[outputOf(norm)], usual[outputOf(usualNorm)]];
  let [difference, length] = [0, 0];
  for (let i = token * width; i < (token + 1) * width; i++) {
    difference += (now[i]! - before[i]!) ** 2;
    length += before[i]! ** 2;
  }
  return Math.sqrt(difference / length);
}
