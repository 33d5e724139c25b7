/** What a model is trained on, as plain data: the `task` of a `ModelSpec`. No tfjs: the page writes it. */
import {ConfigError} from '../../model/config.js';

/** Language modeling: predict the next token of the corpus. */
export interface LanguageTaskSpec {
  kind: 'language';
}

/** Every kind of task. A new one adds its interface here and its class beside `language.ts`. */
export type TaskSpec = LanguageTaskSpec;

const KINDS: readonly TaskSpec['kind'][] = ['language'];

/**
 * Returns the task of a spec; default: language modeling.
 * @throws {ConfigError} on an unknown kind
 */
export function normalizeTask(task: TaskSpec = {kind: 'language'}): TaskSpec {
  if (KINDS.includes(task?.kind)) return task;
  throw new ConfigError(`There is no task “${String(task?.kind).slice(0, 60)}”. Known: ${KINDS.join(', ')}.`);
}
