/** Which tokens of a message move the classifier: each is left out in turn (occlusion). */
import type {LiveModel} from '../../state/live-model.js';

export interface Attribution {
  tokens: string[];
  /** [K] */
  probs: number[];
  /** [T]: by how much the logit of the last class, against the first, falls without the token. */
  effects: number[];
}

const margin = (row: readonly number[]): number => Math.log(row.at(-1)! / row[0]!);

/** @throws {EngineError} as `LiveModel.classify` */
export async function attribute(model: LiveModel, text: string, signal?: AbortSignal): Promise<Attribution> {
  const {contextLength} = (await model.ready).config;
  const ids = model.encode(text).slice(0, contextLength);
  const without = ids.length > 1 ? ids.map((_, left) => ids.filter((_, i) => i !== left)) : [];
  const [probs, ...rows] = await model.classify({ids: [ids, ...without], signal});
  return {
    tokens: ids.map((id) => model.tokenizer!.token(id)),
    probs: probs!,
    effects: rows.length > 0 ? rows.map((row) => margin(probs!) - margin(row)) : [margin(probs!)],
  };
}
