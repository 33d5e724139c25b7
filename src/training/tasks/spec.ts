/** What a model is trained on, as plain data: the `task` of a `ModelSpec`. No tfjs: the page writes it. */
import type {LabeledSpec} from '../../data/labeled.js';
import {ConfigError} from '../../model/config.js';
import {TUNES, type Tune} from './tune.js';

/** Language modeling: predict the next token of the corpus. */
export interface LanguageTaskSpec {
  kind: 'language';
}

/** Where a classifier reads: at a text's last real token, or at the last position of the padded row, whatever stands there. */
export type ReadAt = 'last-token' | 'last-position';
const READ_AT: readonly ReadAt[] = ['last-token', 'last-position'];

/** Classification: a head with a score for each class takes the place of the model's own. */
export interface ClassificationTaskSpec {
  kind: 'classification';
  data: LabeledSpec;
  /** What is trained. Default: `blocks`. */
  tune?: Tune;
  /** Default: `last-token`. */
  readAt?: ReadAt;
}

/** How texts are padded and read, where it differs from training. */
export interface ReadingOptions {
  /** T: rows are padded to it. Default: the longest text; for `last-position`, at least the length of the training rows. */
  length?: number;
  readAt?: ReadAt;
}

/** Every kind of task. A new one adds its interface here and its class beside `language.ts`. */
export type TaskSpec = LanguageTaskSpec | ClassificationTaskSpec;

const KINDS: readonly TaskSpec['kind'][] = ['language', 'classification'];

/**
 * Returns the task of a spec; default: language modeling.
 * @throws {ConfigError} on an unknown kind, tuning or place to read
 */
export function normalizeTask(task: TaskSpec = {kind: 'language'}): TaskSpec {
  if (!KINDS.includes(task?.kind)) throw unknown('task', task?.kind, KINDS);
  if (task.kind === 'language') return task;
  const {tune = 'blocks', readAt = 'last-token'} = task;
  if (!TUNES.includes(tune)) throw unknown('choice “tune”', tune, TUNES);
  if (!READ_AT.includes(readAt)) throw unknown('choice “readAt”', readAt, READ_AT);
  return {...task, tune, readAt};
}

function unknown(what: string, value: unknown, known: readonly string[]): ConfigError {
  return new ConfigError(`There is no ${what} “${String(value).slice(0, 60)}”. Known: ${known.join(', ')}.`);
}
