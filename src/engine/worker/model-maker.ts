import type {OpenCheckpoint} from '../../checkpoint/open-checkpoint.js';
import {specKey} from '../../checkpoint/spec-key.js';
import type {GPTConfig} from '../../model/config.js';
import type {StepKernels} from '../../model/memory.js';
import {sourceOf} from '../../model/weight-source.js';
import {isPlannable} from '../../training/plannable.js';
import type {BackendKeeper} from '../device/backend-keeper.js';
import type {MappedTensor, ModelSpec} from '../protocol.js';
import {readRun} from './continue-run.js';
import type {FactSender} from './fact-sender.js';
import {isRunOf} from './is-run-of.js';
import {checkFits} from './memory.js';
import {type ForkBase, loadedDtype, loadSource, type ModelSource, needsTraining} from './model-source.js';
import type {Entry, Models} from './models.js';
import {OpenModel} from './open-model.js';
import type {ReadingListener} from './read-checkpoint.js';
import {Run} from './run.js';
import type {SavedRuns} from './saved-runs.js';

/** What models are made with. */
export interface MakerParts {
  facts: FactSender;
  backend: BackendKeeper;
  /** Starts the backend, if nothing has. */
  start(): Promise<unknown>;
  models: Models;
  saved: SavedRuns;
}

const kernelsFor = (config: GPTConfig): StepKernels => (isPlannable(config) ? 'plan' : 'reference');

/** What a model was opened as: the same spec opened again is another model. */
export const identityOf = (spec: ModelSpec, instance: number): string => `${instance} ${specKey(spec)}`;

/** Makes models from their specs: reads what a spec stands for, checks that it fits, and puts it on the device. */
export class ModelMaker {
  readonly #parts: MakerParts;

  constructor(parts: MakerParts) {
    this.#parts = parts;
  }

  async make(name: string, spec: ModelSpec, instance: number, signal: AbortSignal): Promise<Entry> {
    const {facts} = this.#parts;
    const loading = (message: string, done: number, total: number) => {
      if (!signal.aborted) facts.send({type: 'loading', model: name, instance, message, done, total});
    };
    const tensor = (fact: MappedTensor) => facts.send({type: 'tensor', model: name, instance, tensor: fact});
    const listener = {progress: loading, onTensor: tensor, checkConfig: this.#configCheck(spec)};
    const source = await untilAborted(signal, this.#readSource(spec, listener, signal));
    loading('Making the weights', 0, 0);
    return this.#build(name, spec, source, instance, signal);
  }

  /** Makes a model from opened files that is to take the place of another, which stays as it is. */
  async makeLoaded(
    {name, instance}: OpenModel,
    spec: ModelSpec,
    opened: OpenCheckpoint,
    listener: ReadingListener,
    signal: AbortSignal,
  ): Promise<Entry> {
    const source = await this.#readSource(spec, listener, signal, opened);
    return this.#build(name, spec, source, instance, signal);
  }

  /** Tells the page what is read from files for a model. */
  listenerOf(model: OpenModel): ReadingListener {
    const {facts} = this.#parts;
    return {
      progress: (message, done, total) => facts.loading(model, message, done, total),
      onTensor: (tensor) => facts.tensor(model, tensor),
      checkConfig: this.#configCheck(model.spec),
    };
  }

  /** Reads all that a spec stands for, and checks that it fits on the device. */
  async #readSource(
    spec: ModelSpec,
    {progress, ...listener}: ReadingListener,
    signal: AbortSignal,
    opened?: OpenCheckpoint,
  ): Promise<ModelSource> {
    const fork = (name: string) => this.#forkBase(name);
    const source = await loadSource(spec, progress, signal, {...listener, opened, fork});
    const {start, backend} = this.#parts;
    await start();
    const {config, dtype, isRead} = source;
    checkFits(config, 0, backend.memory, {dtype, loaded: isRead, kernels: kernelsFor(config)});
    signal.throwIfAborted();
    return source;
  }

  /** Makes a model on the device; a run that came with it goes on. */
  async #build(
    name: string,
    spec: ModelSpec,
    source: ModelSource,
    instance: number,
    signal: AbortSignal,
  ): Promise<Entry> {
    const {facts, backend, saved} = this.#parts;
    const turn = <T>(work: () => Promise<T>) => backend.turn(work);
    const model = await turn(() => OpenModel.open(name, spec, source, instance, signal));
    const loaded = source.loaded?.run;
    if (loaded && isRunOf(loaded, spec)) {
      try {
        const run = await readRun(loaded, model, signal);
        await turn(() => model.continueFrom(run));
      } catch (error) {
        await turn(async () => model.dispose());
        throw error;
      }
    }
    const run = new Run({facts, turn, save: () => saved.save(model)}, model);
    return {model, run, identity: identityOf(spec, instance)};
  }

  async #forkBase(name: string): Promise<ForkBase> {
    const {models, backend} = this.#parts;
    const {model} = await models.entry(name);
    const {config, tokenizer, pretrained} = model.source;
    const {readOnly} = model.session.arenas;
    return {
      config,
      tokenizer,
      training: model.options,
      // Weights that are only read never change: they can be read again where they came from.
      weights:
        readOnly && pretrained
          ? pretrained.weights
          : sourceOf(await backend.turn(() => model.session.weights())),
    };
  }

  /** Refuses a model that the device cannot hold, before it is downloaded. */
  #configCheck(spec: ModelSpec): (config: GPTConfig) => Promise<void> {
    return async (config) => {
      const {start, backend} = this.#parts;
      await start();
      checkFits(config, 0, backend.memory, {
        dtype: loadedDtype(spec, config),
        loaded: !needsTraining(spec),
        kernels: kernelsFor(config),
      });
    };
  }
}

/** Waits for work, unless the signal is given before; the work is then ignored. */
function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {once: true});
    work.then(resolve, reject);
  });
}
