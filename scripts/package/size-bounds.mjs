// How large elements may be: gzipped kilobytes of modules that a page loads at once, Lit apart.

/** An element alone, with all that it imports. */
export const ALONE_KB = 25;
/** What it adds to a page that has all others. */
export const ADDED_KB = 8;

/** Elements that are above one of the bounds, and what they may have: never more than this. */
export const LARGER_KB = {
  'activation-plot': {alone: 26.2},
  'attention-dropout': {alone: 25.4},
  'attention-matrix': {alone: 45.7, added: 19.5},
  'batch-inspector': {alone: 28.9, added: 9},
  'bpe-trainer': {alone: 37.1, added: 10},
  'causal-mask': {alone: 36.8},
  'classifier-trainer': {alone: 29.5, added: 10},
  'corpus-picker': {alone: 32.3, added: 10},
  'data-splitter': {alone: 26.8},
  'embedding-map': {alone: 31.8, added: 10.5},
  'feed-forward': {alone: 29},
  'gpt-architecture': {alone: 42.7, added: 24.7},
  'gpt-trainer': {alone: 37.8, added: 15.2},
  'layer-norm': {alone: 27.1},
  'logit-lens': {alone: 25.4},
  'loss-chart': {alone: 26.2},
  'multi-head-attention': {alone: 42},
  'position-embedding': {alone: 33.6, added: 12},
  'qkv-attention': {alone: 43.8},
  'self-attention-steps': {alone: 29.2},
  'sliding-window': {alone: 25.3},
  'token-embedding': {alone: 35},
  'transformer-block-viz': {alone: 29.2, added: 8.2},
  'weight-inspector': {alone: 25.3},
  'weights-io': {alone: 25.3},
  'why-attention': {alone: 37.4, added: 12},
};
