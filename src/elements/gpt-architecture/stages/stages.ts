/** The forward pass as stages of a walkthrough, each with an address: `h.0.attn.softmax`. */
import type {Config} from '../data/architecture-data.js';

export interface Stage {
  id: string;
  /** A few words: “softmax”. */
  title: string;
  /** Which block, counted from 0; absent outside of blocks. */
  layer?: number;
  /** The tensor that the stage computes; absent at the start and the end. */
  tensor?: string;
  /** Parts of the map that the stage is about. */
  parts: readonly string[];
  /** What happens, in one sentence. */
  sentence: string;
}

type BlockStage = [id: string, tensor: string, part: 'attn' | 'mlp', title: string, sentence: string];

const IN_BLOCK: readonly BlockStage[] = [
  [
    'ln_1',
    'ln_1',
    'attn',
    'norm for attention',
    'Each vector gets mean 0 and variance 1; learned numbers then scale and shift it. So attention reads vectors of one size.',
  ],
  [
    'attn.q',
    'attn.q',
    'attn',
    'queries',
    'Each head multiplies the vector by a matrix of its own: the query says what this token looks for.',
  ],
  ['attn.k', 'attn.k', 'attn', 'keys', 'A second matrix makes the key: what this token can be found by.'],
  [
    'attn.v',
    'attn.v',
    'attn',
    'values',
    'A third matrix makes the value: what this token passes on to those that attend to it.',
  ],
  [
    'attn.scores',
    'attn.scores',
    'attn',
    'scores',
    'Each query meets each key: their dot product, divided by √D, says how well they match.',
  ],
  [
    'attn.mask',
    'attn.masked',
    'attn',
    'mask',
    'Later tokens are masked with −∞: the model must not look at what it is to predict.',
  ],
  [
    'attn.softmax',
    'attn.probs',
    'attn',
    'softmax',
    'Softmax turns the scores into shares of one whole: the attention weights.',
  ],
  [
    'attn.context',
    'attn.context',
    'attn',
    'weighted values',
    'The values of the attended tokens are averaged with these weights; the heads’ results stand side by side.',
  ],
  [
    'attn.out',
    'attn.out',
    'attn',
    'attention output',
    'One more matrix mixes the heads’ results into a vector as wide as the stream.',
  ],
  [
    'resid_mid',
    'resid_mid',
    'attn',
    'attention is added',
    'The vector is added to the residual stream: attention changes what is there, it does not replace it.',
  ],
  ['ln_2', 'ln_2', 'mlp', 'norm for the MLP', 'The stream is normalized again, this time for the MLP.'],
  [
    'mlp.pre',
    'mlp.pre',
    'mlp',
    'hidden layer',
    'The MLP works on each token alone: a matrix makes four times as many numbers, one for each hidden unit.',
  ],
  [
    'mlp.gelu',
    'mlp.hidden',
    'mlp',
    'GELU',
    'GELU lets positive numbers through and holds negative ones near 0: few units stay active.',
  ],
  [
    'mlp.out',
    'mlp.out',
    'mlp',
    'MLP output',
    'A second matrix brings the active units back to the width of the stream.',
  ],
  [
    'resid_post',
    'resid_post',
    'mlp',
    'MLP is added',
    'The MLP’s vector is added to the stream, which leaves the block.',
  ],
];

/** Returns all stages of a model, in order of computation. */
export function stagesOf({nLayers}: Pick<Config, 'nLayers'>): Stage[] {
  const blocks = Array.from({length: nLayers}, (_, layer) =>
    IN_BLOCK.map(
      ([id, tensor, part, title, sentence]): Stage => ({
        id: `h.${layer}.${id}`,
        title,
        layer,
        tensor: `h.${layer}.${tensor}`,
        parts: [`h.${layer}.${part}`],
        sentence,
      }),
    ),
  );
  return [
    {
      id: 'text',
      title: 'tokens',
      parts: ['tokens'],
      sentence: 'The text is cut into tokens, each a number of the vocabulary.',
    },
    {
      id: 'embed.token',
      title: 'token embedding',
      tensor: 'embed.token',
      parts: ['embed.token'],
      sentence:
        'Each token’s number picks a row of a learned table: a vector that stands for this token everywhere.',
    },
    {
      id: 'embed.position',
      title: 'position embedding',
      tensor: 'embed.position',
      parts: ['embed.position'],
      sentence: 'Each position picks a row of a second table: it says where the token stands.',
    },
    {
      id: 'embed',
      title: 'sum',
      tensor: 'embed',
      parts: ['embed'],
      sentence: 'Both rows are added: with this vector each lane’s residual stream begins.',
    },
    ...blocks.flat(),
    {
      id: 'ln_f',
      title: 'final layer norm',
      tensor: 'ln_f',
      parts: ['next'],
      sentence: 'After the last block, the stream is normalized once more.',
    },
    {
      id: 'logits',
      title: 'logits',
      tensor: 'logits',
      parts: ['next'],
      sentence:
        'The head compares the vector with a row for each token of the vocabulary: the dot products are the logits.',
    },
    {
      id: 'probs',
      title: 'probabilities',
      tensor: 'probs',
      parts: ['next'],
      sentence: 'Softmax turns the logits into probabilities for the next token.',
    },
    {
      id: 'next',
      title: 'next token',
      parts: ['next', 'tokens'],
      sentence:
        'One token is drawn by these probabilities and appended to the text; then everything begins again.',
    },
  ];
}

/** Returns where a stage is described among all: “Block 1, softmax”. */
export const stageName = ({layer, title}: Stage): string =>
  layer === undefined ? title[0]!.toUpperCase() + title.slice(1) : `Block ${layer + 1}, ${title}`;
