/** How large each part of a model is: a function of its configuration. */
import type {Config} from './architecture-data.js';

export interface PartSize {
  /** `embed.token`, `embed.position`, `h.0.attn`, `h.0.mlp`, `norms`, `head`. */
  part: string;
  name: string;
  /** Numbers that are learned. */
  parameters: number;
  /** Multiplications and additions for one token, the last of `length`. */
  flops: number;
}

/**
 * Returns the size of every part. FLOPs count a multiply-add as two, as table 1 of “Scaling laws for neural language models” (2020, arXiv:2001.08361) does: 2 for each weight of a matrix, and in
 * attention 2·T·C for the scores and as many for the weighted values. Norms, GELU and softmax are left out: they are small.
 * @param length T, the tokens that attention looks at
 */
export function partSizes(config: Config, length: number): PartSize[] {
  const {vocabSize: V, contextLength, embDim: C, nLayers, qkvBias, tieWeights} = config;
  const blocks = Array.from({length: nLayers}, (_, n): PartSize[] => [
    {
      part: `h.${n}.attn`,
      name: `block ${n + 1}, attention`,
      parameters: 4 * C * C + C + (qkvBias ? 3 * C : 0),
      flops: 2 * 4 * C * C + 4 * length * C,
    },
    {
      part: `h.${n}.mlp`,
      name: `block ${n + 1}, MLP`,
      parameters: 8 * C * C + 5 * C,
      flops: 2 * 8 * C * C,
    },
  ]);
  return [
    {part: 'embed.token', name: 'token embedding', parameters: V * C, flops: 0},
    {part: 'embed.position', name: 'position embedding', parameters: contextLength * C, flops: 0},
    ...blocks.flat(),
    {part: 'norms', name: 'layer norms', parameters: (2 * nLayers + 1) * 2 * C, flops: 0},
    {
      part: 'head',
      name: tieWeights ? 'head (shares the token embedding)' : 'head',
      parameters: tieWeights ? 0 : V * C,
      flops: 2 * V * C,
    },
  ];
}
