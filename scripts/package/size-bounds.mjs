// How large elements may be: gzipped kilobytes of modules that a page loads at once, Lit apart.

/** An element alone, with all that it imports. */
export const ALONE_KB = 25;
/** What it adds to a page that has all others. */
export const ADDED_KB = 8;

/** Elements that are above one of the bounds, and what they may have: never more than this. */
export const LARGER_KB = {
  'activation-plot': {alone: 26},
  'attention-matrix': {alone: 45.1, added: 19.5},
  'batch-inspector': {alone: 28.5, added: 9},
  'bpe-trainer': {alone: 37.1, added: 10},
  'causal-mask': {alone: 36.3},
  'classifier-trainer': {alone: 29.5, added: 10},
  'corpus-picker': {alone: 38, added: 10},
  'data-splitter': {alone: 26.6},
  'embedding-map': {alone: 31.7, added: 10.5},
  'feed-forward': {alone: 28.8},
  'gpt-architecture': {alone: 42.6, added: 24.7},
  'gpt-trainer': {alone: 37.6, added: 15.2},
  'layer-norm': {alone: 26.9},
  'logit-lens': {alone: 25.2},
  'loss-chart': {alone: 26.1},
  'multi-head-attention': {alone: 41.8},
  'position-embedding': {alone: 33.4, added: 12},
  'qkv-attention': {alone: 43.3},
  'self-attention-steps': {alone: 28.9},
  'token-embedding': {alone: 34.9},
  'transformer-block-viz': {alone: 29.1, added: 8.2},
  'weight-inspector': {alone: 25.1},
  'weights-io': {alone: 25.1},
  'why-attention': {alone: 36.9, added: 12},
};
