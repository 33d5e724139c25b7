import {LanguageTask} from '../../training/tasks/language.js';
import {MissingTask} from '../../training/tasks/missing.js';
import {normalizeTask} from '../../training/tasks/spec.js';
import type {Task} from '../../training/tasks/task.js';
import type {ModelSpec} from '../protocol.js';
import type {ModelSource} from './model-source.js';

/**
 * Returns the task of a spec, made of what was loaded for it.
 * @throws {ConfigError} on an unknown kind of task
 * @throws {SessionError} where there is too little to train on
 */
export function makeTask(
  {task, stride}: ModelSpec,
  {config, corpus, corpusProblem, seed}: ModelSource,
): Task {
  if (corpusProblem) return new MissingTask(corpusProblem);
  switch (normalizeTask(task).kind) {
    case 'language':
      return new LanguageTask({
        trainTokens: corpus.train,
        validationTokens: corpus.validation,
        contextLength: config.contextLength,
        stride,
        seed,
      });
  }
}
