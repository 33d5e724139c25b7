import {cutWindows, type LabeledBatch, ShuffledWindows} from '../../data/batches.js';
import {collate} from '../../data/collate.js';
import {answerStart} from '../../data/toy-tasks/index.js';
import type {ModelText} from '../../ui/model/model-text.js';

/** `windows`: as training on plain text draws them. `lines`: one line of the text a row, padded to the longest. */
export type RowKind = 'windows' | 'lines';

/** Where a row stands in the text. */
export interface RowOrigin {
  /** “the piece of the text from token 1,204 on”, “line 17 of the text”. */
  label: string;
  before: string;
  row: string;
  after: string;
}

/** A batch as tensors, and what its rows are in the text. */
export interface BatchView extends LabeledBatch {
  origins?: readonly RowOrigin[];
  /** [B]: places of each row that hold text; without it, all do. */
  lengths?: Int32Array;
  /** Windows (or lines) an epoch goes through. */
  epoch?: number;
}

export interface BatchWish {
  rows: RowKind;
  /** 1-based: the training step that takes this batch. */
  step: number;
  batchSize: number;
  seed: number;
  /** Gives the questions of a toy task no targets: only the answers are learned. */
  answersOnly: boolean;
}

/** So many tokens are shown around a window. */
const AROUND = 24;
/** Lines are taken from so many tokens of the part that is trained on. */
const LINES_FROM = 200_000;

export function batchOf(text: ModelText, wish: BatchWish): BatchView {
  return wish.rows === 'lines' ? linesBatch(text, wish) : windowsBatch(text, wish);
}

/** The very batch that the trainer takes in this step. */
function windowsBatch(text: ModelText, {step, batchSize, seed}: BatchWish): BatchView {
  const {train, trainStarts, contextLength, tokenizer} = text;
  const starts = ShuffledWindows.ofRun(trainStarts, seed).startsAt(step - 1, batchSize);
  const origins = starts.map((start): RowOrigin => {
    const end = start + contextLength;
    return {
      label: `the piece of the text from token ${start.toLocaleString('en')} on`,
      before: tokenizer.decode(train.subarray(Math.max(0, start - AROUND), start)),
      row: tokenizer.decode(train.subarray(start, end)),
      after: tokenizer.decode(train.subarray(end, end + AROUND)),
    };
  });
  return {...cutWindows(train, starts, contextLength), origins, epoch: trainStarts.length};
}

/** Lines of the text, shuffled as windows are, one a row. */
function linesBatch(text: ModelText, {step, batchSize, seed, answersOnly}: BatchWish): BatchView {
  const {tokenizer, contextLength} = text;
  const lines = linesOf(text);
  const order = ShuffledWindows.ofRun(Uint32Array.from(lines.keys()), seed);
  const picked = order.startsAt(step - 1, batchSize);
  const examples = picked.map((index) => {
    const line = lines[index]!;
    const given = answersOnly ? tokenizer.encode(line.slice(0, answerStart(line))).length : 0;
    return {ids: tokenizer.encode(line), given};
  });
  const origins = picked.map((index, row): RowOrigin => {
    const {ids} = examples[row]!;
    return {
      label: `line ${(index + 1).toLocaleString('en')} of the text`,
      before: '',
      row: tokenizer.decode(ids.slice(0, contextLength)),
      after: tokenizer.decode(ids.slice(contextLength)),
    };
  });
  return {...collate(examples, {endId: endOf(text), contextLength}), origins, epoch: lines.length};
}

const cache = new WeakMap<ModelText, string[]>();

function linesOf(text: ModelText): string[] {
  const known = cache.get(text);
  if (known) return known;
  const {train, tokenizer} = text;
  const part = tokenizer.decode(train.subarray(0, LINES_FROM));
  const end = part.lastIndexOf('\n'); // the last line may be cut
  const lines = part
    .slice(0, end < 0 ? part.length : end)
    .split('\n')
    .filter((line) => line !== '');
  cache.set(text, lines);
  return lines;
}

/** What ends a line: the end-of-text token where there is one, else the newline, else the text's first token. */
function endOf({tokenizer, train}: ModelText): number {
  const special = tokenizer.specialTokens.get('<|endoftext|>');
  if (special !== undefined) return special;
  try {
    return tokenizer.encode('\n').at(-1)!;
  } catch {
    return train[0]!; // a text of a single line has no token for its end
  }
}
