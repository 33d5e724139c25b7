/** What a reader should know about a table before training on it, in sentences. */
import {percent} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';
import type {TableLook} from './read-table.js';

/** Contexts that are offered where the model's is too short. */
const CONTEXTS: readonly number[] = [128, 256, 512, 1024];
/** So large a share of cut texts is not worth a longer context. */
const FEW = 0.01;

/** Returns the share of texts that are longer than a context. */
export const cutShare = (lengths: Int32Array, context: number): number =>
  lengths.reduce((longer, length) => longer + Number(length > context), 0) / lengths.length;

/** Returns the shortest context on offer that cuts hardly any text; undefined where the model's own does not either, or none cuts fewer. */
export function betterContext(lengths: Int32Array, context: number): number | undefined {
  if (lengths.length === 0 || cutShare(lengths, context) <= FEW) return undefined;
  const longer = CONTEXTS.filter((one) => one > context);
  const best = longer.find((one) => cutShare(lengths, one) <= FEW) ?? longer.at(-1);
  return best && cutShare(lengths, best) < cutShare(lengths, context) ? best : undefined;
}

/** The copies among the rows; undefined where there are none. */
export function copiesWords({reading}: TableLook): string | undefined {
  const {copies = 0, conflicts = 0, leaked = 0} = reading.result ?? {};
  if (copies === 0) return undefined;
  const contradict = conflicts > 0 ? ` ${whole(conflicts)} of them with another class.` : '';
  return `${whole(copies)} ${copies === 1 ? 'row repeats an earlier one' : 'rows repeat earlier ones'}, up to case and spaces, and ${copies === 1 ? 'is' : 'are'} left out.${contradict} Otherwise ${whole(leaked)} ${leaked === 1 ? 'text' : 'texts'} of the test set would also be in the training set, and be known by heart.`;
}

/** How many texts the context cuts. */
export function cutWords(lengths: Int32Array, context: number): string {
  if (lengths.length === 0) return 'No text is left.';
  const share = cutShare(lengths, context);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const most = `The longest text has ${whole(longest)} tokens`;
  if (share === 0) return `${most}: the model, which reads ${whole(context)}, cuts none.`;
  return `${percent(share)} of the texts are longer than the ${whole(context)} tokens that the model reads, and lose their end. ${most}.`;
}

/** The texts that the model's vocabulary cannot write; undefined where there are none. */
export function unreadableWords({unreadable = 0}: TableLook): string | undefined {
  if (unreadable === 0) return undefined;
  return `${whole(unreadable)} ${unreadable === 1 ? 'text has a character' : 'texts have characters'} that the model’s vocabulary lacks, and ${unreadable === 1 ? 'is' : 'are'} left out.`;
}
