/** Which tokens of a message move the classifier: each is left out in turn (occlusion). */

import {argMax} from '../../math/largest.js';
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabels} from '../../tokenizers/token-label.js';

export interface Attribution {
  tokens: string[];
  /** How many more tokens the context cut. */
  cut?: number;
  /** [K] */
  probs: number[];
  /** The class that the effects are about: of two the second, of more the likeliest. */
  label: number;
  /** [T]: by how much the log-odds of that class fall without the token. */
  effects: number[];
}

/** @throws {EngineError} as `LiveModel.classify` */
export async function attribute(model: LiveModel, text: string, signal?: AbortSignal): Promise<Attribution> {
  const {contextLength} = (await model.ready).config;
  const all = model.encode(text);
  const ids = all.slice(0, contextLength);
  const without = ids.length > 1 ? ids.map((_, left) => ids.filter((_, i) => i !== left)) : [];
  const [probs, ...rows] = (await model.classify({ids: [ids, ...without], signal})) as [
    number[],
    ...number[][],
  ];
  const label = probs.length === 2 ? 1 : argMax(probs);
  const logOdds = (row: readonly number[]): number => {
    const others = row.reduce((sum, p, k) => (k === label ? sum : sum + p), 0);
    return Math.log(row[label]! / others);
  };
  const whole = logOdds(probs);
  return {
    tokens: tokenLabels(model.tokenizer!, ids),
    cut: all.length - ids.length,
    probs,
    label,
    effects: rows.length > 0 ? rows.map((row) => whole - logOdds(row)) : [whole],
  };
}
