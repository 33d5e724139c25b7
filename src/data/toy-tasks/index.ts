/** Corpora of questions with exact answers; see `tasks.ts`. */

import {key, uniformStream} from '../../math/rng.js';
import {shorten} from '../../math/shorten.js';
import {type Corpus, corpusName} from '../corpus.js';
import {TOY_TASKS, type ToyTaskName, tasks} from './tasks.js';

export {TOY_TASKS, type ToyTaskName} from './tasks.js';

export interface ToyOptions {
  task: ToyTaskName;
  /** Fixes the questions. Default: 1. */
  seed?: number;
  /** Lines. Default: 20,000. */
  examples?: number;
}

const DEFAULT_EXAMPLES = 20_000;

/**
 * The corpus: one question with its answer a line. The same options give the same text everywhere; more examples of the
 * same seed begin with the same ones. The answers cost nothing, so a model at the floor answers every question rightly.
 * @throws {RangeError} where there is no such task, or `examples` is not a whole number of at least 1.
 */
export function toyCorpus({task, seed = 1, examples = DEFAULT_EXAMPLES}: ToyOptions): Corpus {
  if (!TOY_TASKS.includes(task))
    throw new RangeError(`There is no toy task “${shorten(task)}”. Known: ${TOY_TASKS.join(', ')}.`);
  if (!Number.isInteger(examples) || examples < 1)
    throw new RangeError(`examples must be a whole number of at least 1, not ${examples}.`);
  const {ask, answer, entropyPerLine, charactersPerLine} = tasks[task];
  const lines = Array.from({length: examples}, (_, index) => {
    const next = uniformStream(key(seed, index));
    const question = ask((n) => Math.floor(next() * n));
    return `${question}${answer(question)}\n`;
  });
  return {
    name: corpusName({kind: 'toy', task}),
    text: lines.join(''),
    entropyPerCharacter: entropyPerLine / charactersPerLine,
  };
}

/** The one right answer to a question of a task: `toyAnswer('sort', 'cabf=')` is `'abcf'`. */
export const toyAnswer = (task: ToyTaskName, question: string): string => tasks[task].answer(question);

/**
 * Where a line's answer begins: after the “=”, or where there is none, at the last character.
 *
 *     answerStart('cabf=abcf');         // 5
 *     answerStart('d3 a7 f1 c4 a7');    // 13
 */
export function answerStart(line: string): number {
  const equals = line.indexOf('=');
  return equals < 0 ? line.length - 1 : equals + 1;
}
