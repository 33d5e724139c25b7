/** How the highlighted number came about, in short lines. */
import type {Attention} from '../../../math/attention.js';
import {type Scene, termsIn} from '../../../viz/matrix-product/scene.js';
import type {Terms} from '../../../viz/matrix-product/terms.js';
import {decimals, number} from '../../base/format.js';
import {spoken} from './product-view.js';

const two = (value: number): string => decimals(value, 2);
const factor = (value: number): string => (value < 0 ? `(${two(value)})` : two(value));

/** “0.12 × 0.34 + … = 0.78”, or more of its terms. */
export function sumInWords({left, right, sum}: Terms, most = 1): string {
  const terms = left.slice(0, most).map((value, i) => `${two(value)} × ${factor(right[i]!)}`);
  return `${terms.join(' + ')}${left.length > most ? ' + …' : ''} = ${two(sum)}`;
}

/** What else makes the number: a bias that is added, a root that a score is divided by. */
export interface Beside {
  bias?: number;
  root?: {value: number; text: string};
  attention?: Attention;
}

/** Returns the lines that a scene shows about its highlighted cell. */
export function arithmeticOf(
  scene: Scene,
  {bias, root, attention}: Beside = {},
): readonly string[] | undefined {
  const {highlighted: cell, blocks} = scene;
  const block = cell && blocks[cell.block];
  if (!cell || !block) return undefined;
  const {row, column} = cell;
  const name = block.nameOf(row, column);
  if (block.masked?.(row, column)) return [spoken(block, row, column)];
  if (cell.block === 'weights' && attention) {
    const powers = attention.scores[row]!.filter((_, key) => !block.masked?.(row, key)).map(Math.exp);
    const total = powers.reduce((sum, power) => sum + power, 0);
    return [
      name,
      `e^${two(attention.scores[row]![column]!)} = ${number(powers[column]!)}`,
      `${number(powers[column]!)} / ${number(total)} = ${two(attention.weights[row]![column]!)}`,
    ];
  }
  const terms = termsIn(scene);
  if (!terms) return [spoken(block, row, column)];
  const lines = [name, sumInWords(terms)];
  if (root && cell.block === 'scores') lines.push(`/ ${root.text} = ${two(terms.sum / root.value)}`);
  if (bias !== undefined) lines.push(`+ bias ${two(bias)} = ${two(terms.sum + bias)}`);
  return lines;
}
