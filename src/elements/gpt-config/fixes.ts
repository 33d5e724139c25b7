/** Impossible configurations, and what would make them possible. */
import type {GPTConfig} from '../../state/index.js';

export interface Fix {
  label: string;
  change: Partial<GPTConfig>;
}

const isWhole = (value: number): boolean => Number.isInteger(value) && value >= 1;

/** Returns the nearest values that make a width divisible by its heads; none where something else is wrong. */
export function fixesFor({embDim, nHeads}: GPTConfig): Fix[] {
  if (!isWhole(embDim) || !isWhole(nHeads) || embDim % nHeads === 0) return [];
  const divisors = Array.from({length: Math.min(embDim, 4096)}, (_, i) => i + 1).filter(
    (n) => embDim % n === 0,
  );
  const nearest = divisors.sort((a, b) => Math.abs(a - nHeads) - Math.abs(b - nHeads))[0]!;
  const multiple = Math.max(1, Math.round(embDim / nHeads)) * nHeads;
  return [
    {label: `Use ${nearest} ${nearest === 1 ? 'head' : 'heads'}`, change: {nHeads: nearest}},
    {label: `Use width ${multiple.toLocaleString('en')}`, change: {embDim: multiple}},
  ];
}
