import type {ParameterLayout} from '../../model/parameters.js';
import type {TrainingSession} from '../../training/session.js';
import {ClassificationTask} from '../../training/tasks/classification.js';
import type {ReadingOptions} from '../../training/tasks/spec.js';
import type {Task} from '../../training/tasks/task.js';
import {canceled, EngineError} from '../errors.js';
import type {ClassificationFacts} from '../protocol.js';

/** Texts of one forward pass. */
const CHUNK = 32;

/**
 * Returns the probability of each class for each text, [texts][K].
 * @param model its session is another one after a lost device
 * @param turn runs work on the backend when it is free: others can use it between two chunks
 * @throws {EngineError} `config` where the model is no classifier or a text is empty; `canceled` after an abort
 */
export async function classifyTexts(
  model: {readonly session: TrainingSession},
  texts: readonly number[][],
  options: ReadingOptions,
  turn: <T>(work: () => Promise<T>) => Promise<T>,
  signal: AbortSignal,
): Promise<number[][]> {
  const {task} = model.session;
  if (!(task instanceof ClassificationTask))
    throw new EngineError('config', 'This model continues texts. Give it a classification task first.');
  if (texts.some((ids) => ids.length === 0))
    throw new EngineError('config', 'An empty text has no class. Write at least one character.');
  const probs: number[][] = [];
  for (let start = 0; start < texts.length; start += CHUNK) {
    const chunk = texts.slice(start, start + CHUNK).map((ids) => ({ids}));
    const rows = await turn(async () => {
      if (signal.aborted) throw canceled();
      return task.classify(model.session, chunk, options);
    });
    probs.push(...rows);
  }
  return probs;
}

/** Returns what a page can say about a classification task; undefined for other tasks. */
export function classificationFacts(
  task: Task,
  {layout, learning}: {layout: ParameterLayout; learning: ParameterLayout},
  hasLoadedHead: boolean,
): ClassificationFacts | undefined {
  if (!(task instanceof ClassificationTask)) return undefined;
  const {classes, examples, length, cut} = task;
  return {
    classes,
    examples,
    length,
    cut,
    trainable: countOf(learning),
    parameters: countOf(layout),
    hasLoadedHead,
  };
}

const countOf = ({slots}: ParameterLayout): number => slots.reduce((sum, {size}) => sum + size, 0);
