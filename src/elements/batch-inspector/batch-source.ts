import {cutWindows, type LabeledBatch, ShuffledWindows} from '../../data/batches.js';
import {collate} from '../../data/collate.js';
import {answerStart} from '../../data/toy-tasks/index.js';
import type {ModelText} from '../../ui/model/model-text.js';

/** `windows`: as training on plain text draws them. `lines`: one line of the text per row, padded to the longest. */
export type RowKind = 'windows' | 'lines';

/** Where a row comes from in the text. */
export interface RowOrigin {
  /** “the part of the text from token 1,204”, “line 17 of the text”. */
  label: string;
  before: string;
  row: string;
  after: string;
}

/** A batch as tensors, and where its rows come from in the text. */
export interface BatchView extends LabeledBatch {
  origins?: readonly RowOrigin[];
  /** [B]: how many positions of each row are text; the rest is padding. Default: all. */
  lengths?: Int32Array;
  /** Windows (or lines) per epoch. */
  epoch?: number;
}

export interface BatchRequest {
  rows: RowKind;
  /** The training step that uses this batch, from 1. */
  step: number;
  batchSize: number;
  seed: number;
  /** Masks the targets of a toy task's questions, so that only the answers are learned. */
  answersOnly: boolean;
}

/** Tokens on show before and after a window. */
const AROUND = 24;
/** Lines are taken from this many tokens of the training set. */
const LINES_FROM = 200_000;

export function batchOf(text: ModelText, request: BatchRequest): BatchView {
  return request.rows === 'lines' ? linesBatch(text, request) : windowsBatch(text, request);
}

/** Returns the batch that the trainer uses in this step. */
function windowsBatch(text: ModelText, {step, batchSize, seed}: BatchRequest): BatchView {
  const {train, trainStarts, contextLength, tokenizer} = text;
  const starts = ShuffledWindows.ofRun(trainStarts, seed).startsAt(step - 1, batchSize);
  const origins = starts.map((start): RowOrigin => {
    const end = start + contextLength;
    return {
      label: `the part of the text from token ${start.toLocaleString('en')}`,
      before: tokenizer.decode(train.subarray(Math.max(0, start - AROUND), start)),
      row: tokenizer.decode(train.subarray(start, end)),
      after: tokenizer.decode(train.subarray(end, end + AROUND)),
    };
  });
  return {...cutWindows(train, starts, contextLength), origins, epoch: trainStarts.length};
}

/** Returns lines of the text, shuffled as windows are, one per row. */
function linesBatch(text: ModelText, {step, batchSize, seed, answersOnly}: BatchRequest): BatchView {
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

/** Returns the token that ends a line: end-of-text if there is one, else the newline, else the text's first token. */
function endOf({tokenizer, train}: ModelText): number {
  const special = tokenizer.specialTokens.get('<|endoftext|>');
  if (special !== undefined) return special;
  try {
    return tokenizer.encode('\n').at(-1)!;
  } catch {
    return train[0]!; // a text of a single line has no token for its end
  }
}
