/**
 * Cutting a token sequence into training examples. A window of T tokens needs T + 1 in the text: the target is the
 * input shifted by one, so that every position asks for the token that follows.
 *
 *     const tokens = Int32Array.of(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
 *     slidingWindows(tokens.length, 4, 4);   // starts 0, 4
 *     windowAt(tokens, 4, 4);                // input  14 15 16 17
 *                                            // target 15 16 17 18
 *     slidingWindows(tokens.length, 4, 1);   // starts 0, 1, 2, 3, 4, 5: every window there is
 *     slidingWindows(4, 4, 1);               // none: a window of 4 needs 5 tokens
 *
 * With stride = T no two windows share a prediction; with stride 1 each token is predicted up to T times, with a context
 * of every length. (The same windows as `GPTDatasetV1` in “Build a Large Language Model (From Scratch)”, chapter 2.)
 */
import {CorpusError} from './corpus.js';

// #region windows
/**
 * The first positions of all windows that fit, in order.
 * @param length Tokens in the sequence.
 * @param contextLength T: tokens a window.
 * @param stride Tokens from one start to the next.
 * @throws {RangeError} where contextLength or stride is not a whole number of at least 1.
 */
export function slidingWindows(length: number, contextLength: number, stride: number): Uint32Array {
  const count = windowCount(length, contextLength, stride);
  return new Uint32Array(count).map((_, i) => i * stride);
}

/** How many windows fit; parameters and errors as above. */
export function windowCount(length: number, contextLength: number, stride: number): number {
  for (const [name, value] of Object.entries({contextLength, stride}))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${name} must be a whole number of at least 1, not ${value}.`);
  return Math.max(0, Math.floor((length - contextLength - 1) / stride) + 1);
}

/** One training example. Both are views on `tokens`, not copies. */
export interface TokenWindow {
  /** [T] */
  input: Int32Array;
  /** [T]: at each position the token that follows. */
  target: Int32Array;
}

/** @throws {RangeError} where the window does not fit. */
export function windowAt(tokens: Int32Array, start: number, contextLength: number): TokenWindow {
  if (start < 0 || start + contextLength + 1 > tokens.length)
    throw new RangeError(
      `A window of ${contextLength} at ${start} needs ${start + contextLength + 1} tokens; there are ${tokens.length}.`,
    );
  return {
    input: tokens.subarray(start, start + contextLength),
    target: tokens.subarray(start + 1, start + contextLength + 1),
  };
}
// #endregion

/** How often an epoch reads the tokens of a text. */
export interface Coverage {
  windows: number;
  /** Tokens that stand in at least one window's input. */
  read: number;
  /** Tokens that stand in more than one. */
  readAgain: number;
  /** Tokens that no window reads: gaps between windows, and what is left at the end. */
  unread: number;
}

/** Counts without looking at a token: windows begin at 0, stride, 2·stride …; see `slidingWindows` for the parameters. */
export function coverage(length: number, contextLength: number, stride: number): Coverage {
  const windows = windowCount(length, contextLength, stride);
  if (windows === 0) return {windows, read: 0, readAgain: 0, unread: length};
  const end = (windows - 1) * stride + contextLength;
  const overlap = Math.max(0, contextLength - stride);
  // Where two neighbors overlap by a stride or more, only the first and the last stride are read once.
  const readAgain =
    windows === 1 ? 0 : overlap >= stride ? Math.max(0, end - 2 * stride) : (windows - 1) * overlap;
  const read = overlap > 0 ? end : windows * contextLength;
  return {windows, read, readAgain, unread: length - read};
}

// #region split
/**
 * The first `trainShare` of the tokens to train on, the rest to validate with. Not shuffled: windows of the two
 * parts share no text.
 *
 *     splitTokens(tokens, 0.9);   // of 1,000 tokens: the first 900, the last 100
 *
 * @param trainShare Above 0 and below 1.
 */
export function splitTokens(
  tokens: Int32Array,
  trainShare: number,
): {train: Int32Array; validation: Int32Array} {
  if (!(trainShare > 0 && trainShare < 1))
    throw new RangeError(`trainShare must be above 0 and below 1, not ${trainShare}.`);
  const cut = Math.round(tokens.length * trainShare);
  return {train: tokens.subarray(0, cut), validation: tokens.subarray(cut)};
}
// #endregion

const smallerPart = (length: number, trainShare: number): number =>
  Math.min(Math.round(length * trainShare), length - Math.round(length * trainShare));

/** Returns the largest context length, a power of two, whose windows fit in both parts; undefined if none does. */
export function largestContext(length: number, trainShare: number): number | undefined {
  const power = Math.floor(Math.log2(smallerPart(length, trainShare) - 1));
  return power >= 0 ? 2 ** power : undefined;
}

/**
 * Makes sure that both parts hold one window.
 * @throws {CorpusError} `too-short`: how many tokens there are, how many are needed, what to do.
 */
export function checkLongEnough(length: number, contextLength: number, trainShare: number): void {
  if (smallerPart(length, trainShare) > contextLength) return;
  let needed = Math.floor(contextLength / Math.min(trainShare, 1 - trainShare)); // a little too few
  while (smallerPart(needed, trainShare) <= contextLength) needed++;
  throw new CorpusError(
    'too-short',
    `The text has ${tokensIn(length)}. A context of ${contextLength} takes windows of ${contextLength + 1}, and both the ` +
      `training part (${percent(trainShare)}) and the validation part (${percent(1 - trainShare)}) must hold one: that takes ` +
      `${tokensIn(needed)}. Take a longer text or a smaller context.`,
  );
}

const tokensIn = (n: number): string => `${n.toLocaleString('en')} ${n === 1 ? 'token' : 'tokens'}`;
const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;
