// How large elements may be: gzipped kilobytes of modules that a page loads at once, Lit apart.

/** An element alone, with all that it imports. */
export const ALONE_KB = 25;
/** What it adds to a page that has all others. */
export const ADDED_KB = 8;

/** Elements that are above one of the bounds, and what they may have: never more than this. */
export const LARGER_KB = {
  'attention-dropout': {alone: 30},
  'attention-matrix': {alone: 51, added: 21},
  'batch-inspector': {alone: 30.5},
  'bpe-trainer': {alone: 51, added: 11},
  'causal-mask': {alone: 49},
  'corpus-picker': {alone: 40, added: 9},
  'embedding-map': {alone: 35, added: 11.5},
  'gpt-architecture': {alone: 41, added: 17},
  'gpt-trainer': {alone: 35, added: 14.5},
  'loss-chart': {alone: 40},
  'multi-head-attention': {alone: 45},
  'position-embedding': {alone: 37, added: 9.5},
  'qkv-attention': {alone: 42.5},
  'self-attention-steps': {alone: 27.5},
  'sliding-window': {alone: 29},
  'token-embedding': {alone: 38.5},
  'vocabulary-table': {added: 12},
  'why-attention': {alone: 53, added: 12.5},
};
