/** The seven values of a block, in order of computation, under the names that the map of the whole model uses. */
import type {Intervention} from '../../engine/protocol.js';

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
    sentence:
      'Attention reads a copy whose numbers have been brought to one size. The stream itself stays as it is.',
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
    short: '+',
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
    short: '+',
    kind: 'stream',
    sentence: 'Its vector is added as well. The sum leaves the block, and the next block reads it.',
    from: ['resid_mid', 'mlp'],
  },
];

export const indexOfNode = (id: string | null): number => NODES.findIndex((node) => node.id === id);

/** A part of the block that can be switched off. */
export interface Switch {
  id: NodeId;
  /** As a button. */
  name: string;
  /** In a sentence: “Without … ”. */
  phrase: string;
  change: 'zero' | 'skip';
}

export const SWITCHES: readonly Switch[] = [
  {id: 'ln_1', name: 'first norm', phrase: 'its first norm', change: 'skip'},
  {id: 'attn', name: 'attention', phrase: 'its attention', change: 'zero'},
  {id: 'resid_mid', name: 'first shortcut', phrase: 'its first shortcut', change: 'skip'},
  {id: 'ln_2', name: 'second norm', phrase: 'its second norm', change: 'skip'},
  {id: 'mlp', name: 'MLP', phrase: 'its MLP', change: 'zero'},
  {id: 'resid_post', name: 'second shortcut', phrase: 'its second shortcut', change: 'skip'},
];

/** Returns the switch with this name; undefined for none, or for a name that no switch has. */
export const switchNamed = (id: string | null): Switch | undefined => SWITCHES.find((one) => one.id === id);

/** Returns the change to the forward pass that switches a part of a block off. */
export function interventionFor({id, change}: Switch, layer: number): Intervention {
  const {at} = NODES[indexOfNode(id)]!;
  return {at: `h.${layer}.${at}`, change};
}
