/** The seven values of a block, in order of computation, under the names that the map of the whole model uses. */
import type {Intervention, TraceOptions} from '../../engine/protocol.js';

export type NodeId = 'resid_pre' | 'ln_1' | 'attn' | 'resid_mid' | 'ln_2' | 'mlp' | 'resid_post';

export interface BlockNode {
  id: NodeId;
  /** Its trace name, without the prefix of its block. */
  at: string;
  title: string;
  /** As a button. */
  short: string;
  kind: 'stream' | 'norm' | 'attention' | 'mlp';
  /** What happens, in one sentence. */
  sentence: string;
  /** What it is computed from; of a sum, the stream and what is added. */
  from: readonly NodeId[];
}

export const NODES: readonly BlockNode[] = [
  {
    id: 'resid_pre',
    at: 'resid_pre',
    title: 'the stream enters',
    short: 'stream',
    kind: 'stream',
    sentence: 'Each token enters with a vector: what the embedding and all blocks before have added up.',
    from: [],
  },
  {
    id: 'ln_1',
    at: 'ln_1',
    title: 'norm for attention',
    short: 'norm',
    kind: 'norm',
    sentence: 'Attention reads a rescaled copy of the numbers. The stream itself stays as it is.',
    from: ['resid_pre'],
  },
  {
    id: 'attn',
    at: 'attn.out',
    title: 'attention output',
    short: 'attention',
    kind: 'attention',
    sentence: 'The heads fetch information from earlier tokens and mix it into one vector for each token.',
    from: ['ln_1'],
  },
  {
    id: 'resid_mid',
    at: 'resid_mid',
    title: 'attention is added',
    short: 'add',
    kind: 'stream',
    sentence: 'That vector is added to the stream, number by number: nothing in the stream is replaced.',
    from: ['resid_pre', 'attn'],
  },
  {
    id: 'ln_2',
    at: 'ln_2',
    title: 'norm for the MLP',
    short: 'norm',
    kind: 'norm',
    sentence: 'The MLP reads a normalized copy too, now of the sum.',
    from: ['resid_mid'],
  },
  {
    id: 'mlp',
    at: 'mlp.out',
    title: 'MLP output',
    short: 'MLP',
    kind: 'mlp',
    sentence: 'The MLP works on each token alone: four times as wide, GELU, and back.',
    from: ['ln_2'],
  },
  {
    id: 'resid_post',
    at: 'resid_post',
    title: 'MLP is added',
    short: 'add',
    kind: 'stream',
    sentence: 'Its vector is added as well. The sum leaves the block, and the next block reads it.',
    from: ['resid_mid', 'mlp'],
  },
];

/** A block's values with the norms after the sums: the same names, computed in another order. */
const POST_NODES: readonly BlockNode[] = [
  NODES[0]!,
  {
    ...NODES[2]!,
    sentence:
      'The heads read the stream itself, fetch information from earlier tokens, and mix it into one vector each.',
    from: ['resid_pre'],
  },
  NODES[3]!,
  {
    ...NODES[1]!,
    title: 'norm of the sum',
    sentence: 'The sum is normalized: here the stream itself changes, so nothing passes the block as it was.',
    from: ['resid_mid'],
  },
  {...NODES[5]!, sentence: 'The MLP reads the normalized stream, each token alone.', from: ['ln_1']},
  {...NODES[6]!, sentence: 'Its vector is added to the normalized stream.', from: ['ln_1', 'mlp']},
  {
    ...NODES[4]!,
    title: 'norm of the sum',
    sentence: 'The second sum is normalized too, and leaves the block.',
    from: ['resid_post'],
  },
];

export type NormPlace = 'pre' | 'post';

/** Returns the values of a block in order of computation. */
export const nodesOf = (norm: NormPlace): readonly BlockNode[] => (norm === 'post' ? POST_NODES : NODES);

/** A sublayer: reads the stream, perhaps through a norm, and is added to it. */
export interface Branch {
  from: NodeId;
  norm?: NodeId;
  id: NodeId;
  sum: NodeId;
}

export const BRANCHES: Readonly<Record<NormPlace, readonly [Branch, Branch]>> = {
  pre: [
    {from: 'resid_pre', norm: 'ln_1', id: 'attn', sum: 'resid_mid'},
    {from: 'resid_mid', norm: 'ln_2', id: 'mlp', sum: 'resid_post'},
  ],
  post: [
    {from: 'resid_pre', id: 'attn', sum: 'resid_mid'},
    {from: 'ln_1', id: 'mlp', sum: 'resid_post'},
  ],
};

/** The value that leaves the block. */
export const outputOf = (norm: NormPlace): NodeId => nodesOf(norm).at(-1)!.id;

/** What the reader changes: a part of the block is switched off, or all norms of the model move after the sums. */
export interface Change {
  id: NodeId | 'post-norm';
  /** As a button. */
  name: string;
  /** In a sentence: “Without its attention, …”. */
  phrase: string;
  /** Of a part. */
  change?: 'zero' | 'skip';
}

export const CHANGES: readonly Change[] = [
  {id: 'ln_1', name: 'without the first norm', phrase: 'without its first norm', change: 'skip'},
  {id: 'attn', name: 'without attention', phrase: 'without its attention', change: 'zero'},
  {id: 'resid_mid', name: 'without the first shortcut', phrase: 'without its first shortcut', change: 'skip'},
  {id: 'ln_2', name: 'without the second norm', phrase: 'without its second norm', change: 'skip'},
  {id: 'mlp', name: 'without the MLP', phrase: 'without its MLP', change: 'zero'},
  {
    id: 'resid_post',
    name: 'without the second shortcut',
    phrase: 'without its second shortcut',
    change: 'skip',
  },
  {id: 'post-norm', name: 'with norms after the sums', phrase: 'with all norms after the sums'},
];

/** Returns the change with this name; undefined for none, or for a name that no change has. */
export const changeNamed = (id: string | null): Change | undefined => CHANGES.find((one) => one.id === id);

/** Returns a change as options of a forward pass. */
export function optionsFor(
  {id, change}: Change,
  layer: number,
): Pick<TraceOptions, 'interventions' | 'norm'> {
  if (!change) return {norm: 'post'};
  const {at} = NODES.find((node) => node.id === id)!;
  const intervention: Intervention = {at: `h.${layer}.${at}`, change};
  return {interventions: [intervention]};
}
