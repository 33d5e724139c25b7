import type {CsvRow} from '../export/csv.js';
import type {AttentionLayer} from './attention-layer.js';

/** A line for every pair of tokens: the score before mask and softmax, and the weight after them. */
export function* headRows({tokens, heads}: AttentionLayer, head: number): Generator<CsvRow> {
  const {scores, weights} = heads[head]!;
  yield ['position', 'asks', 'looks at position', 'looks at', 'score', 'weight'];
  for (const [i, asking] of tokens.entries())
    for (const [j, asked] of tokens.entries()) yield [i, asking, j, asked, scores[i]![j]!, weights[i]![j]!];
}
