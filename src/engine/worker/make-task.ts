import type {LabeledText} from '../../data/labeled.js';
import {loadLabeled} from '../../data/load-labeled.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {type ClassExample, ClassificationTask} from '../../training/tasks/classification.js';
import {LanguageTask} from '../../training/tasks/language.js';
import {MissingTask} from '../../training/tasks/missing.js';
import {type ClassificationTaskSpec, normalizeTask} from '../../training/tasks/spec.js';
import type {Task} from '../../training/tasks/task.js';
import {tuningOf} from '../../training/tasks/tunes.js';
import type {ModelSpec} from '../protocol.js';
import type {ModelSource} from './model-source.js';

/**
 * Returns the task of a spec, made of what was loaded for it.
 * @throws {ConfigError} on an unknown kind of task
 * @throws {SessionError} where there is too little to train on
 */
export function makeTask({task, stride}: ModelSpec, source: ModelSource): Task {
  const {config, corpus, corpusProblem, seed} = source;
  const spec = normalizeTask(task);
  switch (spec.kind) {
    case 'language':
      if (corpusProblem) return new MissingTask(corpusProblem);
      return new LanguageTask({
        trainTokens: corpus.train,
        validationTokens: corpus.validation,
        contextLength: config.contextLength,
        stride,
        seed,
      });
    case 'classification':
      return classificationTask(spec, source);
  }
}

function classificationTask(
  {data, tune, readAt}: ClassificationTaskSpec,
  {config, tokenizer, seed}: ModelSource,
): ClassificationTask {
  const {classes, train, validation} = loadLabeled(data);
  const encode = ({text, label}: LabeledText): ClassExample => ({ids: tokenizer.encode(text), label});
  return new ClassificationTask({
    train: train.map(encode),
    validation: validation.map(encode),
    classes: classes.length,
    contextLength: config.contextLength,
    padId: padIdOf(tokenizer),
    tuning: tuningOf(tune!, config),
    readAt,
    seed,
  });
}

/** The end of a text fills rows up, as in GPT-2, which has no token of its own for it. */
export function padIdOf({specialTokens}: Pick<Tokenizer, 'specialTokens'>): number {
  return specialTokens.get('<|endoftext|>') ?? 0;
}
