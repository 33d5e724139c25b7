/** Names of what a finetuning trains, as choices for a reader: see `tuningOf`. No tfjs, and none of its types. */

/**
 * - `head`: the new head alone;
 * - `last-block`: the last block, the final norm and the head;
 * - `blocks`: all but the embeddings, so that words that are not in the training set stay beside the words they resemble;
 * - `all`: everything;
 * - `lora`: adapters on the linear layers, and the head.
 */
export type Tune = 'head' | 'last-block' | 'blocks' | 'all' | 'lora';
export const TUNES: readonly Tune[] = ['head', 'last-block', 'blocks', 'all', 'lora'];
