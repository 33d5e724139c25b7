/** Compares a head with another one, or with a snapshot of itself: the signed difference of their weights. */ import {
  type AttentionData,
  hasSameTokens,
  headMatrix,
} from './attention-data.js';
import type {HeadChoice} from './choice.js';

/** The value of `compare` for the saved snapshot; else it is a head, “layer.head”, counted from 0. */
export const SNAPSHOT = 'snapshot';

export interface Comparison {
  /** What the head is compared with, e.g. “layer 1, head 2”. */
  name: string;
  /** The other's weights, `[T, T]`. */
  other: Float32Array;
  /** This head's less the other's, `[T, T]`. */
  difference: Float32Array;
  /** Mean share of a row's attention that is on other tokens: ½ Σ |difference|. */
  moved: number;
  /** The largest difference in size. */
  largest: {query: number; key: number; value: number};
}

const MESSAGES = {
  head: 'compare must be “snapshot” or a head such as “0.1”: its layer and head, counted from 0.',
  noSnapshot: 'There is no snapshot to compare with. Press “Save snapshot” to save these weights.',
  otherTokens: 'The snapshot has other tokens. Press “Save snapshot” to replace it with these weights.',
};

/** Returns the comparison, or a sentence that says why there is none; undefined while a layer is missing. */
export function comparison(
  data: AttentionData,
  {layer, head}: HeadChoice,
  compare: string,
  snapshot: AttentionData | undefined,
): Comparison | string | undefined {
  if (!compare) return undefined;
  const own = data.weights[layer];
  if (compare === SNAPSHOT) {
    if (!snapshot) return MESSAGES.noSnapshot;
    const {step} = snapshot;
    if (!hasSameTokens(data, snapshot)) return MESSAGES.otherTokens;
    const name = step === undefined ? 'the snapshot' : `step ${step}`;
    return between(own, snapshot.weights[layer], head, head, data, name);
  }
  const [otherLayer, otherHead] = compare.split('.').map(Number) as [number, number];
  const exists =
    otherHead >= 0 && otherHead < data.heads && Number.isInteger(otherHead) && otherLayer in data.weights;
  if (!exists) return MESSAGES.head;
  const name = `layer ${otherLayer + 1}, head ${otherHead + 1}`;
  return between(own, data.weights[otherLayer], head, otherHead, data, name);
}

function between(
  own: Float32Array | undefined,
  theirs: Float32Array | undefined,
  head: number,
  otherHead: number,
  {tokens}: AttentionData,
  name: string,
): Comparison | undefined {
  if (!own || !theirs) return undefined;
  const size = tokens.length;
  const here = headMatrix(own, head, size);
  const other = headMatrix(theirs, otherHead, size);
  const difference = here.map((weight, i) => weight - other[i]!);
  let [largest, moved] = [0, 0];
  difference.forEach((value, i) => {
    moved += Math.abs(value) / 2;
    if (Math.abs(value) > Math.abs(difference[largest]!)) largest = i;
  });
  return {
    name,
    other,
    difference,
    moved: moved / size,
    largest: {query: Math.floor(largest / size), key: largest % size, value: difference[largest]!},
  };
}
