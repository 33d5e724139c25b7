/** A forward pass of any size with made-up numbers, for tests of what is drawn where. */
import type {ArchitectureData} from '../data/architecture-data.js';

export interface Size {
  nLayers: number;
  nHeads: number;
  embDim: number;
  tokens: readonly string[];
}

const tensor = (shape: number[], value: (i: number) => number) => ({
  shape,
  data: Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, (_, i) => value(i)),
});
const wave = (i: number): number => Math.sin(i + 1);

/** Words that may come next, longest first, with shares that take much room. */
const NEXT = [' blanket', ' garden', ' window', ' kite', ' drum', ' a', '.', 'ing'];
const SHARES = [0.42, 0.1234, 0.0999, 0.05, 0.0004, 0.0003, 0.0002, 0.0001];

export function madeUpPass({nLayers, nHeads, embDim: C, tokens}: Size): ArchitectureData {
  const T = tokens.length;
  const guesses = () => tokens.map(() => NEXT.map((token, id) => ({id, token, probability: SHARES[id]!})));
  // Each head reads another token most.
  const probs = () =>
    tensor([nHeads, T, T], (i) => {
      const [head, query, key] = [Math.floor(i / (T * T)), Math.floor(i / T) % T, i % T];
      if (key > query) return 0;
      if (query === 0) return 1;
      return key === head % (query + 1) ? 0.6 : 0.4 / query;
    });
  const layers = Array.from({length: nLayers}, (_, n) => n);
  const points = ['embed', ...layers.flatMap((n) => [`h.${n}.resid_mid`, `h.${n}.resid_post`])];
  return {
    config: {
      vocabSize: 50257,
      contextLength: 1024,
      embDim: C,
      nHeads,
      nLayers,
      dropRate: 0,
      qkvBias: true,
      tieWeights: true,
    },
    tokens: [...tokens],
    ids: tokens.map((_, i) => 580 + i),
    trace: {
      'embed.token': tensor([T, C], wave),
      'embed.position': tensor([T, C], wave),
      ...Object.fromEntries(points.map((at, n) => [at, tensor([T, C], (i) => (n + 1) * wave(i))])),
      ...Object.fromEntries(
        layers.flatMap((n) => [
          [`h.${n}.attn.probs`, probs()],
          [`h.${n}.mlp.hidden`, tensor([T, 4 * C], wave)],
        ]),
      ),
    },
    stream: points.map((at) => ({at, guesses: guesses()})),
    off: [],
  };
}
