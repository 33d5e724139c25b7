/** What makes the units of a feed-forward layer fire, and what each of them adds to the prediction. */
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabel, tokenLabels} from '../../tokenizers/token-label.js';
import {modelText} from '../../ui/model/model-text.js';

/** A place in the corpus where a unit fires. */
export interface Firing {
  before: string;
  token: string;
  value: number;
}

/** A token, and what a unit adds to its logit when its value is 1. */
export interface Push {
  token: string;
  logit: number;
}

/** The units of one layer. */
export interface Units {
  layer: number;
  /** The training step that they were searched at. */
  step: number;
  /** Tokens of the corpus that were read. */
  searched: number;
  /** For each unit, where it fires most, highest first. */
  firings: readonly (readonly Firing[])[];
  /** For each unit, the tokens that it pushes up most; absent for a model whose table is too large to read. */
  pushes?: readonly (readonly Push[])[];
}

/** Windows that are read, evenly spaced over the training set. */
const WINDOWS = 24;
/** Places and tokens that are kept for each unit. */
const KEPT = 6;
const TOKENS_BEFORE = 5;
/** Of larger models, the table of tokens is not read. */
const MOST_PARAMETERS = 4e6;

/** Adds to a list that holds the largest, largest first. */
function keepLargest<T>(list: T[], candidate: T, size: (one: T) => number): void {
  if (list.length === KEPT && size(candidate) <= size(list.at(-1)!)) return;
  const at = list.findIndex((one) => size(one) < size(candidate));
  list.splice(at < 0 ? list.length : at, 0, candidate);
  list.length = Math.min(list.length, KEPT);
}

/** Runs the model over parts of its corpus and returns where each unit of a layer fires most. */
export async function searchUnits(model: LiveModel, layer: number, signal: AbortSignal): Promise<Units> {
  const {step} = model;
  const {train, contextLength} = await modelText(model);
  const length = Math.min(contextLength, train.length);
  const spacing = Math.max(1, Math.floor((train.length - length) / WINDOWS));
  const name = `h.${layer}.mlp.hidden`;
  const places: {ids: number[]; position: number; value: number}[][] = [];
  let searched = 0;
  for (let start = 0; start + length <= train.length && searched < WINDOWS * length; start += spacing) {
    signal.throwIfAborted();
    const ids = Array.from(train.subarray(start, start + length));
    const {data, shape} = (await model.trace({ids, want: [name], signal}))[name]!;
    const width = shape[1]!;
    for (let i = 0; i < data.length; i++)
      keepLargest(
        (places[i % width] ??= []),
        {ids, position: Math.floor(i / width), value: data[i]!},
        ({value}) => value,
      );
    searched += length;
  }
  signal.throwIfAborted();
  const text = (ids: readonly number[]): string => tokenLabels(model.tokenizer!, ids).join('');
  const firings = places.map((list) =>
    list.map(({ids, position, value}) => ({
      before: text(ids.slice(Math.max(0, position - TOKENS_BEFORE), position)),
      token: text([ids[position]!]),
      value,
    })),
  );
  return {layer, step, searched, firings, pushes: await pushesOf(model, layer)};
}

/** Each unit's row of `c_proj` through the scale of the final norm and the head. Only differences between tokens matter. */
async function pushesOf(model: LiveModel, layer: number): Promise<Push[][] | undefined> {
  const {config, parameters} = await model.ready;
  if (parameters > MOST_PARAMETERS) return undefined;
  const {embDim: C, vocabSize: V, tieWeights} = config;
  const names = [`h.${layer}.mlp.c_proj.weight`, 'ln_f.weight', tieWeights ? 'wte.weight' : 'lm_head.weight'];
  const weights = await model.weights(names);
  const [rows, scale, head] = names.map((name): ArrayLike<number> => weights.get(name)!.data);
  return Array.from({length: 4 * C}, (_, unit) => {
    const best: {id: number; logit: number}[] = [];
    let sum = 0;
    for (let id = 0; id < V; id++) {
      let logit = 0;
      for (let c = 0; c < C; c++) logit += rows![unit * C + c]! * scale![c]! * head![id * C + c]!;
      sum += logit;
      keepLargest(best, {id, logit}, (one) => one.logit);
    }
    return best.map(({id, logit}) => ({token: tokenLabel(model.tokenizer!, id), logit: logit - sum / V}));
  });
}
