// How large elements may be: gzipped kilobytes of modules that a page loads at once, Lit apart.

/** An element alone, with all that it imports. */
export const ALONE_KB = 25;
/** What it adds to a page that has all others. */
export const ADDED_KB = 8;

/** Elements that are above one of the bounds, and what they may have: never more than this. */
export const LARGER_KB = {
  'activation-plot': {alone: 26.5},
  'attention-dropout': {alone: 27.5},
  'attention-matrix': {alone: 48, added: 19.5},
  'batch-inspector': {alone: 30, added: 9},
  'bpe-trainer': {alone: 38, added: 10.5},
  'causal-mask': {alone: 35},
  'classifier-trainer': {alone: 30.5, added: 8.5},
  'corpus-picker': {alone: 39.5, added: 9.5},
  'embedding-map': {alone: 33.5, added: 10.5},
  'feed-forward': {alone: 31.5},
  'gpt-architecture': {alone: 44, added: 22},
  'gpt-config': {alone: 26},
  'gpt-trainer': {alone: 38, added: 14.5},
  'layer-norm': {alone: 28.5},
  'logit-lens': {alone: 27},
  'loss-chart': {alone: 27.5},
  'multi-head-attention': {alone: 43},
  'position-embedding': {alone: 35, added: 12},
  'qkv-attention': {alone: 42},
  'self-attention-steps': {alone: 27},
  'sliding-window': {alone: 27},
  'token-embedding': {alone: 36},
  'transformer-block-viz': {alone: 31},
  'weight-inspector': {alone: 27},
  'why-attention': {alone: 39.5, added: 12},
};
