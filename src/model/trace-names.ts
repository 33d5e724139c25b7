/** The names under which a model shows what happens inside it. No tfjs: elements list them. */

/** An axis of a traced tensor. T is the length of the traced text here, at most the context length. */
export type TraceAxis = 'T' | 'C' | '4C' | 'H' | 'D' | 'V';

export interface TraceName {
  /** `N` stands for the layer, counted from 0. */
  name: string;
  shape: readonly TraceAxis[];
  /** For the reader. */
  about: string;
}

/** Every intermediate of the forward pass, in the order in which it is computed. */
export const TRACE_NAMES = [
  {name: 'embed.token', shape: ['T', 'C'], about: 'each token’s row of wte'},
  {name: 'embed.position', shape: ['T', 'C'], about: 'each position’s row of wpe'},
  {name: 'embed', shape: ['T', 'C'], about: 'their sum: the residual stream’s first value'},
  {name: 'h.N.resid_pre', shape: ['T', 'C'], about: 'the residual stream as it enters the block'},
  {name: 'h.N.ln_1', shape: ['T', 'C'], about: 'normalized, for attention'},
  {name: 'h.N.attn.q', shape: ['H', 'T', 'D'], about: 'queries'},
  {name: 'h.N.attn.k', shape: ['H', 'T', 'D'], about: 'keys'},
  {name: 'h.N.attn.v', shape: ['H', 'T', 'D'], about: 'values'},
  {name: 'h.N.attn.scores', shape: ['H', 'T', 'T'], about: 'query · key / √D'},
  {name: 'h.N.attn.masked', shape: ['H', 'T', 'T'], about: 'scores, −∞ where a key lies in the future'},
  {name: 'h.N.attn.probs', shape: ['H', 'T', 'T'], about: 'attention weights: the masked scores’ softmax'},
  {
    name: 'h.N.attn.dropped',
    shape: ['H', 'T', 'T'],
    about: 'the weights that dropout leaves; all of them outside training',
  },
  {name: 'h.N.attn.context', shape: ['T', 'C'], about: 'weighted values, the heads side by side'},
  {name: 'h.N.attn.out', shape: ['T', 'C'], about: 'what attention adds to the stream'},
  {name: 'h.N.resid_mid', shape: ['T', 'C'], about: 'the stream after attention'},
  {name: 'h.N.ln_2', shape: ['T', 'C'], about: 'normalized, for the feed-forward layer'},
  {name: 'h.N.mlp.pre', shape: ['T', '4C'], about: 'the inner layer before GELU'},
  {name: 'h.N.mlp.hidden', shape: ['T', '4C'], about: 'the inner layer after GELU'},
  {name: 'h.N.mlp.out', shape: ['T', 'C'], about: 'what the feed-forward layer adds to the stream'},
  {name: 'h.N.resid_post', shape: ['T', 'C'], about: 'the stream as it leaves the block'},
  {name: 'ln_f', shape: ['T', 'C'], about: 'normalized, for the head'},
  {name: 'logits', shape: ['T', 'V'], about: 'a score for every possible next token'},
  {name: 'probs', shape: ['T', 'V'], about: 'the logits’ softmax'},
] as const satisfies readonly TraceName[];

/** The names of a model with `nLayers` blocks, in order of computation. */
export function traceNames(nLayers: number): string[] {
  const names = TRACE_NAMES.map(({name}) => name as string);
  const inBlock = names.filter((name) => name.startsWith('h.N.'));
  const first = names.indexOf(inBlock[0]!);
  const blocks = Array.from({length: nLayers}, (_, n) =>
    inBlock.map((name) => name.replace('h.N.', `h.${n}.`)),
  );
  return [...names.slice(0, first), ...blocks.flat(), ...names.slice(first + inBlock.length)];
}

/** Whether a name is asked for. `*` stands for any run of characters: `h.*.attn.probs`, `h.0.*`. */
export function isWanted(name: string, want: readonly string[]): boolean {
  return want.some((pattern) => {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    return new RegExp(`^${escaped}$`).test(name);
  });
}
