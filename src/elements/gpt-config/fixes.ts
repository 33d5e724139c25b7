/** Impossible configurations, and what would make them possible. */
import {type GPTConfig, normalizeConfig} from '../../state/sizes.js';

export interface Fix {
  label: string;
  change: Partial<GPTConfig>;
}

const isWhole = (value: number): boolean => Number.isInteger(value) && value >= 1;

const makesAModel = (config: GPTConfig): boolean => {
  try {
    normalizeConfig(config);
    return true;
  } catch {
    return false;
  }
};

/** Returns the nearest values that make a width divisible by its heads; none if no model comes of them. */
export function fixesFor(config: GPTConfig): Fix[] {
  const {embDim, nHeads} = config;
  if (!isWhole(embDim) || !isWhole(nHeads) || embDim % nHeads === 0) return [];
  const divisors = Array.from({length: Math.min(embDim, 4096)}, (_, i) => i + 1).filter(
    (n) => embDim % n === 0,
  );
  const nearest = divisors.sort((a, b) => Math.abs(a - nHeads) - Math.abs(b - nHeads))[0]!;
  const multiple = Math.max(1, Math.round(embDim / nHeads)) * nHeads;
  const fixes = [
    {label: `Use ${nearest} ${nearest === 1 ? 'head' : 'heads'}`, change: {nHeads: nearest}},
    {label: `Use width ${multiple.toLocaleString('en')}`, change: {embDim: multiple}},
  ];
  return fixes.filter(({change}) => makesAModel({...config, ...change}));
}
