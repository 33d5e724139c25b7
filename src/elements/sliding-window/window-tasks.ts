import {tokenLabel} from '../../tokenizers/token-label.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {visibleToken} from '../../ui/base/format.js';
import type {CsvRow} from '../../ui/export/csv.js';

/** The task of one position of a window: given these tokens, which one comes next? */
export interface PredictionTask {
  /** Position in the window, from 0. */
  position: number;
  /** What the model sees there: the window's tokens up to and including this position. */
  context: string;
  /** The correct answer. */
  target: string;
}

/** Returns T tasks, one for each position. @param target [T] */
export function predictionTasks(
  input: Int32Array,
  target: Int32Array,
  tokenizer: Tokenizer,
): PredictionTask[] {
  return Array.from(target, (id, position) => ({
    position,
    context: tokenizer.decode(input.subarray(0, position + 1)),
    target: visibleToken(tokenLabel(tokenizer, id)),
  }));
}

/** Returns the tasks as rows of a CSV file, with the ids; spaces as they are. */
export function* taskRows(input: Int32Array, target: Int32Array, tokenizer: Tokenizer): Generator<CsvRow> {
  yield ['position', 'context', 'input id', 'target id', 'target'];
  for (let position = 0; position < target.length; position++) {
    const context = tokenizer.decode(input.subarray(0, position + 1));
    const id = target[position]!;
    yield [position, context, input[position]!, id, tokenLabel(tokenizer, id)];
  }
}
