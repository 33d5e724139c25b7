import type {AttentionData} from './attention-data.js';
import type {HeadChoice, Highlight} from './choice.js';

export interface GptCellDetail extends HeadChoice {
  query: number;
  key: number;
  weight: number;
}

/** Returns what is said of a highlighted cell; undefined where no single cell is highlighted, or its layer was not read. */
export function cellDetail(
  data: AttentionData,
  {layer, head}: HeadChoice,
  {query, key}: Highlight,
): GptCellDetail | undefined {
  if (query === undefined || key === undefined) return undefined;
  const size = data.tokens.length;
  const weight = data.weights[layer]?.[(head * size + query) * size + key];
  return weight === undefined ? undefined : {layer, head, query, key, weight};
}
