// How large elements may be: gzipped kilobytes of modules that a page loads at once, Lit apart.

/** An element alone, with all that it imports. */
export const ALONE_KB = 25;
/** What it adds to a page that has all others. */
export const ADDED_KB = 8;

/** Elements that are above one of the bounds, and what they may have: never more than this. */
export const LARGER_KB = {
  'activation-plot': {alone: 25.5},
  'attention-matrix': {alone: 45, added: 19.5},
  'batch-inspector': {alone: 28, added: 9},
  'bpe-trainer': {alone: 36.1, added: 10},
  'causal-mask': {alone: 35.8},
  'classifier-trainer': {alone: 29.5, added: 10},
  'corpus-picker': {alone: 38, added: 10},
  'data-splitter': {alone: 26},
  'embedding-map': {alone: 31.5, added: 10.5},
  'feed-forward': {alone: 28.3},
  'gpt-architecture': {alone: 42.5, added: 24.6},
  'gpt-trainer': {alone: 36.6, added: 15.1},
  'layer-norm': {alone: 26.7},
  'loss-chart': {alone: 25.5},
  'multi-head-attention': {alone: 41.2},
  'position-embedding': {alone: 33, added: 12},
  'qkv-attention': {alone: 42.9},
  'self-attention-steps': {alone: 28.4},
  'token-embedding': {alone: 34.5},
  'transformer-block-viz': {alone: 28.8, added: 8.2},
  'weights-io': {alone: 24.8},
  'why-attention': {alone: 36.6, added: 12},
};
