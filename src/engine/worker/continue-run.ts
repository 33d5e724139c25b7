import type {Autosave} from '../../checkpoint/autosave.js';
import type {OpenRun} from '../../checkpoint/open-checkpoint.js';
import {specKey} from '../../checkpoint/spec-key.js';
import type {CheckpointSpec, History, ModelSpec} from '../protocol.js';
import {checkAutosave} from './check-autosave.js';
import {isRunOf} from './is-run-of.js';
import type {ModelSource} from './model-source.js';
import type {OpenModel} from './open-model.js';

/**
 * Returns the spec of a model that is loaded in the place of another. A run brings its own text, split and seed; a model without one
 * is trained on the text that was there.
 */
export function specOfLoaded(before: ModelSpec, checkpoint: CheckpointSpec, run?: OpenRun): ModelSpec {
  const {corpus, task, seed, trainShare, stride, dtype} = before;
  if (!run) return {checkpoint, corpus, task, seed, trainShare, stride, dtype};
  const {saved} = run as {saved: Partial<ModelSpec>};
  return {
    checkpoint,
    corpus: saved.corpus ?? corpus,
    task: saved.task,
    seed: saved.seed ?? 0,
    trainShare: saved.trainShare,
    stride: saved.stride,
    dtype,
  };
}

/** Whether a run can go on in a model as it is: it has the same spec, size and vocabulary. */
export function continuesIn(
  {spec, source}: OpenModel,
  run: OpenRun,
  {config, tokenizer}: Pick<ModelSource, 'config' | 'tokenizer'>,
): boolean {
  return (
    isRunOf(run, spec) &&
    specKey(config) === specKey(source.config) &&
    specKey(tokenizer.spec) === specKey(source.tokenizer.spec)
  );
}

/**
 * Reads the run of a file for a model of its spec, and checks it.
 * @throws {StorageError} where it cannot be continued; {SafetensorsError | SourceError} where the file is damaged
 */
export async function readRun(
  {saved, arena}: OpenRun,
  {source, session}: OpenModel,
  signal?: AbortSignal,
): Promise<Autosave<History>> {
  const {config} = source;
  const {layout, learning} = session.arenas;
  const zeros = () => new Float32Array(learning.length);
  const theta = await arena('theta', layout, {signal});
  const [m = zeros(), v = zeros()] = [
    await arena('m', learning, {signal}),
    await arena('v', learning, {signal}),
  ];
  const {step, tokensSeen, seed, options, history, runId, changes} = saved;
  const snapshot = {config, options, step, tokensSeen, seed, theta, m, v};
  return checkAutosave({snapshot, history, runId, changes}, source, session.task.tuning);
}
