/** How much of what leaves a block each part has added. */
import {visibleToken} from '../../ui/base/format.js';
import type {BlockData} from './block-data.js';
import type {NodeId} from './block-nodes.js';
import {sumRows} from './sum-rows.js';

/** What the block adds: the share of each row of the sum in what leaves. Nothing where the sums are normalized on the way. */
export function sharesInWords(data: BlockData, token: number): string {
  if (data.norm === 'post') return '';
  const [entered, attention] = sharesOf(data, token).map((share) => Math.round(100 * share));
  const mlp = 100 - entered! - attention!; // the printed shares add up, too
  const share = (value: number): string => `${value} %`.replace('-', '−');
  return `Of the numbers of ${visibleToken(data.tokens[token]!)} that leave, ${share(entered!)} came in, attention added ${share(attention!)}, and the MLP ${share(mlp)}.`;
}

/** Returns how much of the output comes from each row of the sum: along the output, so that the shares add up to 1. */
export function sharesOf(data: BlockData, token: number): number[] {
  const ids = sumRows(data).map(({id}) => id);
  const output = ids.at(-1)!;
  const along = (id: NodeId): number => {
    let product = 0;
    for (let i = token * data.width; i < (token + 1) * data.width; i++)
      product += data.values[id][i]! * data.values[output][i]!;
    return product;
  };
  return ids.slice(0, -1).map((id) => along(id) / along(output));
}

/** Returns the length of a token’s vector. */
export function lengthOf({values, width}: BlockData, id: NodeId, token: number): number {
  let sum = 0;
  for (let i = token * width; i < (token + 1) * width; i++) sum += values[id][i]! ** 2;
  return Math.sqrt(sum);
}
