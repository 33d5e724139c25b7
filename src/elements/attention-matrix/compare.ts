/** One head against another, or against itself as it was: the signed difference of their weights. */

import type {ColorScale} from '../../viz/color.js';
import {signedScale} from '../../viz/color.js';
import type {Theme} from '../../viz/theme.js';
import {type AttentionData, headMatrix} from './attention-data.js';
import type {HeadChoice} from './choice.js';

/** What `compare` may ask for: the remembered weights, or a head, “layer.head” counted from 0. */
export const BEFORE = 'before';

/** Weights that were remembered, and when. */
export interface Remembered {
  data: AttentionData;
  /** The training step they are from; unknown of weights that the page gave. */
  step?: number;
}

export interface Comparison {
  /** What the head is compared with, in words: “layer 1, head 2”. */
  name: string;
  /** The other's weights, `[T, T]`. */
  other: Float32Array;
  /** This head's less the other's, `[T, T]`. */
  difference: Float32Array;
  /** Mean share of a row's attention that goes elsewhere: ½ Σ |difference|. */
  moved: number;
  /** The largest difference in size. */
  largest: {query: number; key: number; value: number};
}

const sentences = {
  head: 'compare must be “before” or a head such as “0.1”: its layer and head, counted from 0.',
  nothing: 'Nothing is remembered yet: “Remember now” keeps these weights to compare with.',
  other: 'What is remembered belongs to other tokens: “Remember now” keeps these weights instead.',
};

/** What is asked for, or a sentence why there is nothing to compare with. */
export function comparison(
  data: AttentionData,
  {layer, head}: HeadChoice,
  compare: string,
  remembered: Remembered | undefined,
): Comparison | string | undefined {
  if (!compare) return undefined;
  const own = data.weights[layer];
  if (compare === BEFORE) {
    if (!remembered) return sentences.nothing;
    const {data: before, step} = remembered;
    const same =
      before.heads === data.heads &&
      before.tokens.length === data.tokens.length &&
      before.tokens.every((token, i) => token === data.tokens[i]);
    if (!same) return sentences.other;
    return between(
      own,
      before.weights[layer],
      head,
      head,
      data,
      step === undefined ? 'before' : `step ${step}`,
    );
  }
  const [otherLayer, otherHead] = compare.split('.').map(Number) as [number, number];
  const exists =
    otherHead >= 0 && otherHead < data.heads && Number.isInteger(otherHead) && otherLayer in data.weights;
  if (!exists) return sentences.head;
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

/** Few ranges, so that the colors of two comparisons mostly mean the same. */
const EXTENTS = [0.05, 0.1, 0.25, 0.5, 1];

export function differenceScale({largest}: Comparison, theme: Theme): ColorScale {
  return signedScale(theme, EXTENTS.find((extent) => extent >= Math.abs(largest.value)) ?? 1);
}
