/** A forward pass with made-up numbers, for tests that need no model: 1 block, 2 heads, 3 tokens. */
import type {ArchitectureData} from '../data/architecture-data.js';

const tensor = (shape: number[], value: (i: number) => number) => ({
  shape,
  data: Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, (_, i) => value(i)),
});

const [T, C, H] = [3, 4, 2];
const wave = (i: number): number => Math.sin(i + 1);
/** Rows of a causal matrix: each token attends to all before it and to itself alike. */
const even = tensor([H, T, T], (i) => {
  const [query, key] = [Math.floor(i / T) % T, i % T];
  return key <= query ? 1 / (query + 1) : 0;
});

const guesses = (probability: number) =>
  Array.from({length: T}, () => [
    {id: 1, token: ' kite', probability},
    {id: 2, token: ' drum', probability: 1 - probability},
  ]);

export const givenValues = (): ArchitectureData => ({
  config: {
    vocabSize: 8,
    contextLength: 8,
    embDim: C,
    nHeads: H,
    nLayers: 1,
    dropRate: 0,
    qkvBias: true,
    tieWeights: true,
  },
  tokens: ['Mia', ' saw', ' a'],
  ids: [5, 6, 7],
  trace: {
    'embed.token': tensor([T, C], wave),
    'embed.position': tensor([T, C], wave),
    embed: tensor([T, C], (i) => 2 * wave(i)),
    'h.0.attn.probs': even,
    'h.0.resid_mid': tensor([T, C], (i) => 3 * wave(i)),
    'h.0.mlp.hidden': tensor([T, 4 * C], wave),
    'h.0.resid_post': tensor([T, C], (i) => 4 * wave(i)),
  },
  stream: [
    {at: 'embed', guesses: guesses(0.5)},
    {at: 'h.0.resid_mid', guesses: guesses(0.625)},
    {at: 'h.0.resid_post', guesses: guesses(0.75)},
  ],
  off: [],
});
