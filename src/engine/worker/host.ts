import {AutosaveStore, StorageSilentError} from '../../checkpoint/autosave.js';
import type {OpenCheckpoint} from '../../checkpoint/open-checkpoint.js';
import {specKey} from '../../checkpoint/spec-key.js';
import type {GPTConfig} from '../../model/config.js';
import {sourceOf} from '../../model/weight-source.js';
import type {TrainingOptions} from '../../training/options.js';
import {readPass} from '../../training/read-pass.js';
import {BackendKeeper} from '../device/backend-keeper.js';
import {type ChoiceParts, chooseBackend} from '../device/choose-backend.js';
import {canceled, EngineError, toErrorFact} from '../errors.js';
import type {
  AttributionOptions,
  BackendChoice,
  BackendFacts,
  CheckpointSpec,
  EngineFact,
  EngineRequests,
  EvalFact,
  GenerateOptions,
  History,
  Intervention,
  LensOptions,
  LensReading,
  LoadedFact,
  LogitAttribution,
  MappedTensor,
  ModelFacts,
  ModelSpec,
  NamedTensor,
  PassOptions,
  PassReading,
  ReadingOptions,
  SavedFact,
  SaveOptions,
  StepFact,
  TensorDistance,
  TraceOptions,
  WeightReading,
} from '../protocol.js';
import {checkAutosave} from './check-autosave.js';
import {openCheckpointSpec} from './checkpoint-files.js';
import {classifyTexts} from './classifying.js';
import {compareWeights} from './compare-weights.js';
import {continuesIn, readRun, specOfLoaded} from './continue-run.js';
import {FactSender} from './fact-sender.js';
import {streamTokens} from './generation.js';
import {isRunOf} from './is-run-of.js';
import {checkFits} from './memory.js';
import {type ForkBase, loadedDtype, loadSource, type ModelSource, needsTraining} from './model-source.js';
import {Mutex} from './mutex.js';
import {OpenModel} from './open-model.js';
import type {ReadingListener} from './read-checkpoint.js';
import {Run} from './run.js';
import {saveFile} from './save-file.js';
import {mergeTraining} from './training-options.js';

export interface HostParts extends Partial<ChoiceParts> {
  autosaves?: AutosaveStore<History>;
}

interface Entry {
  model: OpenModel;
  run: Run;
  /** What it was opened as: spec and instance. */
  identity: string;
}

/** A model that is being loaded. */
interface Opening {
  identity: string;
  abort: AbortController;
}

/**
 * The engine: all models of a page, and the one backend they share. It knows nothing of workers, so it runs in one, on the main
 * thread, and in tests.
 */
export class EngineHost implements EngineRequests {
  readonly #facts: FactSender;
  readonly #backend: BackendKeeper;
  readonly #autosaves: AutosaveStore<History>;
  /** Fully loaded models, by name. */
  readonly #models = new Map<string, Entry>();
  /** The newest `open` of each name, until it is done. */
  readonly #opening = new Map<string, Opening>();
  /** Requests that change a model, one queue per name. */
  readonly #changes = new Map<string, Mutex>();
  /** The model that each fork starts from, by name. */
  readonly #bases = new Map<string, string>();
  readonly #requests = new Map<number, AbortController>();

  constructor(tell: (fact: EngineFact) => void, thread: 'worker' | 'main', parts: HostParts = {}) {
    this.#facts = new FactSender(tell);
    this.#autosaves = parts.autosaves ?? new AutosaveStore();
    this.#backend = new BackendKeeper(
      thread,
      (choice) => chooseBackend(choice, parts),
      (reason, isLost) => this.#rebuildAll(reason, isLost),
    );
  }

  async start(choice: BackendChoice): Promise<BackendFacts> {
    const first = !this.#backend.started;
    const facts = await this.#backend.start(choice);
    if (first) this.#facts.send({type: 'backend', backend: facts});
    return facts;
  }

  async open(name: string, spec: ModelSpec, instance = 0): Promise<ModelFacts> {
    this.#checkFork(name, spec);
    const identity = identityOf(spec, instance);
    let opening = this.#opening.get(name);
    if (opening?.identity !== identity) {
      opening?.abort.abort();
      opening = {identity, abort: new AbortController()};
      this.#opening.set(name, opening);
    }
    const {signal} = opening.abort;
    return this.#inOrder(name, async () => {
      try {
        if (signal.aborted) throw superseded(name);
        return await this.#openNow(name, spec, instance, identity, signal);
      } catch (error) {
        throw signal.aborted ? superseded(name) : error;
      } finally {
        if (this.#opening.get(name) === opening) this.#opening.delete(name);
      }
    });
  }

  close(name: string): Promise<void> {
    this.#opening.get(name)?.abort.abort();
    this.#opening.delete(name);
    return this.#inOrder(name, () => this.#closeNow(name));
  }

  trace(
    name: string,
    ids: number[],
    want: string[],
    options: TraceOptions,
    request: number,
  ): Promise<Record<string, NamedTensor>> {
    return this.#read(name, request, async ({session}) =>
      Object.fromEntries(await session.trace(ids, want, options)),
    );
  }

  attribution(
    name: string,
    ids: number[],
    targets: number[],
    options: AttributionOptions,
    request: number,
  ): Promise<LogitAttribution> {
    return this.#read(name, request, ({session}) => session.attribution(ids, targets, options));
  }

  lens(name: string, ids: number[], options: LensOptions, request: number): Promise<LensReading[]> {
    return this.#read(name, request, ({session}) => session.lens(ids, options));
  }

  pass(name: string, ids: number[], options: PassOptions, request: number): Promise<PassReading> {
    return this.#read(name, request, ({session}) => readPass(session, ids, options));
  }

  async generate(name: string, options: GenerateOptions, request: number): Promise<void> {
    const {model} = await this.#entry(name);
    await this.#cancellable(request, async (signal) => {
      for await (const token of streamTokens(model, options, (work) => this.#turn(work), signal))
        this.#facts.send({type: 'token', request, token});
    });
  }

  train(name: string, changes: Partial<TrainingOptions>): Promise<void> {
    return this.#change(name, async ({model, run}) => {
      model.session.arenas.checkTrainable();
      const options = mergeTraining(model.options, changes);
      checkFits(model.source.config, options.batchSize, this.#backend.memory, model.kindOf(options));
      model.source.tokenizer.encode(options.samplePrompt); // throws now rather than in the middle of the run
      if (!run.running && model.step >= options.steps)
        throw new EngineError(
          'config',
          `All ${options.steps.toLocaleString('en')} steps are done. Give the run more steps, or reset the model to start again.`,
        );
      await this.#turn(async () => model.changeOptions(options)); // between two steps
      this.#facts.facts(model);
      run.start();
      this.#noteChanges(model);
    });
  }

  pause(name: string): Promise<void> {
    return this.#change(name, async ({model, run}) => {
      if (!run.running) return;
      await run.halt();
      await this.#save(model);
      this.#becomes(model, 'paused');
    });
  }

  resume(name: string): Promise<void> {
    return this.train(name, {});
  }

  step(name: string): Promise<StepFact> {
    return this.#change(name, async ({model, run}) => {
      if (run.running)
        throw new EngineError('config', 'The model is training: pause it to take single steps.');
      const {config} = model.source;
      checkFits(config, model.options.batchSize, this.#backend.memory, model.kindOf(model.options));
      const fact = await run.single();
      this.#facts.flush(model);
      return fact;
    });
  }

  stop(name: string): Promise<void> {
    return this.#change(name, async ({model, run}) => {
      await run.halt();
      if (model.step > 0) await this.#save(model);
      this.#becomes(model, 'idle');
    });
  }

  reset(name: string): Promise<ModelFacts> {
    return this.#change(name, async ({model, run}) => {
      await run.halt();
      await this.#turn(() => model.reset());
      return this.#renewed(model);
    });
  }

  async evaluate(
    name: string,
    request: number,
    interventions: readonly Intervention[] = [],
  ): Promise<EvalFact> {
    const {run} = await this.#entry(name);
    return this.#cancellable(request, (signal) => {
      if (signal.aborted) throw canceled();
      return interventions.length > 0 ? run.evaluateChanged(interventions) : run.evaluate();
    });
  }

  async classify(
    name: string,
    texts: number[][],
    options: ReadingOptions,
    request: number,
  ): Promise<number[][]> {
    const {model} = await this.#entry(name);
    return this.#cancellable(request, (signal) =>
      classifyTexts(model, texts, options, (work) => this.#turn(work), signal),
    );
  }

  async weights(name: string, names?: string[]): Promise<Record<string, NamedTensor>> {
    const {model} = await this.#entry(name);
    return Object.fromEntries(await this.#turn(() => model.session.weights(names)));
  }

  inspect(name: string, tensor: string, request: number): Promise<WeightReading> {
    return this.#read(name, request, ({session}) => session.inspect(tensor));
  }

  setWeights(name: string, weights: Record<string, NamedTensor>): Promise<void> {
    return this.#change(name, async ({model}) => {
      await this.#turn(async () => {
        await model.session.setWeights(Object.entries(weights));
        await model.remember();
      });
      this.#facts.reweighted(model);
    });
  }

  async history(name: string): Promise<History> {
    return (await this.#entry(name)).model.history;
  }

  async saved(name: string): Promise<SavedFact | undefined> {
    const {model} = await this.#entry(name);
    return this.#autosaves.find(model.key);
  }

  save(name: string): Promise<SavedFact> {
    return this.#change(name, ({model}) => this.#store(model));
  }

  restore(name: string): Promise<ModelFacts> {
    return this.#change(name, async ({model, run}) => {
      const record = await this.#autosaves.load(model.key);
      if (!record) throw new EngineError('storage', 'There is no saved run of this model to continue from.');
      const saved = checkAutosave(record, model.source, model.session.task.tuning);
      await run.halt();
      await this.#turn(() => model.continueFrom(saved));
      return this.#renewed(model);
    });
  }

  discard(name: string): Promise<void> {
    return this.#change(name, async ({model}) => {
      await this.#autosaves.discard(model.key);
      this.#facts.saved(model);
    });
  }

  async load(name: string, checkpoint: CheckpointSpec, request: number): Promise<LoadedFact> {
    const before = await this.#entry(name);
    return this.#cancellable(request, async (signal) => {
      const listener = this.#reading(before.model);
      const opened = await openCheckpointSpec(checkpoint, listener, signal);
      const spec = specOfLoaded(before.model.spec, checkpoint, opened.run);
      const {run} = opened;
      const inPlace = run && continuesIn(before.model, run, opened);
      const built = inPlace ? undefined : await this.#buildLoaded(before, spec, listener, signal, opened);
      const model = await this.#change(name, async (entry) => {
        if (signal.aborted || entry !== before) {
          await this.#turn(async () => built?.model.dispose());
          throw signal.aborted ? signal.reason : superseded(name);
        }
        await entry.run.halt();
        const next = built ? await this.#replace(entry, built) : entry;
        if (inPlace) {
          const saved = await readRun(run, entry.model, signal);
          await this.#turn(() => entry.model.continueFrom(saved));
        }
        if (next.model.step > 0) await this.#save(next.model);
        this.#facts.flush(before.model);
        this.#becomes(next.model, next.model.step > 0 ? 'paused' : 'idle');
        return next.model;
      });
      const {spec: made, facts, history} = model;
      const {notes, tensors} = opened;
      return {spec: made, facts, history, notes, tensors: [...tensors]};
    });
  }

  saveFile(name: string, options: SaveOptions, request: number): Promise<Blob> {
    return this.#read(name, request, async (model, signal) => {
      await model.session.settle();
      return saveFile(model, options, signal);
    });
  }

  async compare(name: string, checkpoint: CheckpointSpec, request: number): Promise<TensorDistance[]> {
    const {model} = await this.#entry(name);
    return this.#cancellable(request, async (signal) => {
      const {progress} = this.#reading(model);
      const opened = await openCheckpointSpec(checkpoint, {progress}, signal);
      return this.#turn(() => compareWeights(model, opened, {progress}, signal));
    });
  }

  async cancel(request: number): Promise<void> {
    this.#requests.get(request)?.abort();
  }

  /** Ends everything and frees the backend. */
  async dispose(): Promise<void> {
    await Promise.all([...this.#changes.keys()].map((name) => this.close(name)));
    this.#backend.close();
  }

  async #openNow(
    name: string,
    spec: ModelSpec,
    instance: number,
    identity: string,
    signal: AbortSignal,
  ): Promise<ModelFacts> {
    const known = this.#models.get(name);
    if (known?.identity === identity) return known.model.facts;
    await this.#closeNow(name);
    const saved = this.#autosaves.find(specKey(spec)); // at the same time: storage may take a while to answer
    saved.catch(() => {});
    const {model} = await this.#make(name, spec, instance, identity, signal);
    await this.#offer(model, saved);
    return model.facts;
  }

  /** A reader who comes back is offered to continue. Where nothing can be read, there is nothing to offer. */
  async #offer(model: OpenModel, saved: Promise<SavedFact | undefined>): Promise<void> {
    try {
      const fact = await saved;
      if (fact) this.#facts.saved(model, fact);
    } catch (error) {
      // A browser that allows no storage says so when a run is saved; one that does not answer kept the reader waiting.
      if (error instanceof StorageSilentError) this.#facts.error(model, toErrorFact(error));
    }
  }

  async #closeNow(name: string): Promise<void> {
    const entry = this.#models.get(name);
    if (!entry) return;
    this.#models.delete(name);
    const {model, run} = entry;
    if (run.running) {
      await run.halt();
      await this.#save(model);
    }
    this.#facts.flush(model);
    await this.#turn(async () => model.dispose());
  }

  async #make(
    name: string,
    spec: ModelSpec,
    instance: number,
    identity: string,
    signal: AbortSignal,
  ): Promise<Entry> {
    const loading = (message: string, done: number, total: number) => {
      if (!signal.aborted) this.#facts.send({type: 'loading', model: name, instance, message, done, total});
    };
    const tensor = (fact: MappedTensor) =>
      this.#facts.send({type: 'tensor', model: name, instance, tensor: fact});
    const listener = {progress: loading, onTensor: tensor, checkConfig: this.#configCheck(spec)};
    const source = await untilAborted(signal, this.#readSource(spec, listener, signal));
    loading('Making the weights', 0, 0);
    const entry = await this.#build(name, spec, source, instance, identity, signal);
    this.#models.set(name, entry);
    return entry;
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
    await this.start('auto');
    const {config, dtype, isRead} = source;
    checkFits(config, 0, this.#backend.memory, {dtype, loaded: isRead});
    signal.throwIfAborted();
    return source;
  }

  /** Makes a model on the device; a run that came with it goes on. */
  async #build(
    name: string,
    spec: ModelSpec,
    source: ModelSource,
    instance: number,
    identity: string,
    signal: AbortSignal,
  ): Promise<Entry> {
    const model = await this.#turn(() => OpenModel.open(name, spec, source, instance, signal));
    const saved = source.loaded?.run;
    if (saved && isRunOf(saved, spec)) {
      try {
        const run = await readRun(saved, model, signal);
        await this.#turn(() => model.continueFrom(run));
      } catch (error) {
        await this.#turn(async () => model.dispose());
        throw error;
      }
    }
    const turn = <T>(work: () => Promise<T>) => this.#turn(work);
    const run = new Run({facts: this.#facts, turn, save: () => this.#save(model)}, model);
    return {model, run, identity};
  }

  /** Reads a model that is to take the place of another, which stays as it is. */
  async #buildLoaded(
    {model: {name, instance}}: Entry,
    spec: ModelSpec,
    listener: ReadingListener,
    signal: AbortSignal,
    opened: OpenCheckpoint,
  ): Promise<Entry> {
    const source = await this.#readSource(spec, listener, signal, opened);
    return this.#build(name, spec, source, instance, identityOf(spec, instance), signal);
  }

  /** Puts a model in the place of another, which is freed. */
  async #replace(before: Entry, next: Entry): Promise<Entry> {
    if (before.model.step > 0) await this.#save(before.model); // what it has learned can be restored
    this.#models.set(before.model.name, next);
    await this.#turn(async () => before.model.dispose());
    return next;
  }

  /** Models that wait for one another would wait forever. */
  #checkFork(name: string, {from}: ModelSpec): void {
    if (from === undefined) this.#bases.delete(name);
    else this.#bases.set(name, from);
    for (let base = from; base !== undefined; base = this.#bases.get(base))
      if (base === name)
        throw new EngineError(
          'config',
          `The model “${name}” starts from itself. Name another model in “from”.`,
        );
  }

  async #forkBase(name: string): Promise<ForkBase> {
    const {model} = await this.#entry(name);
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
          : sourceOf(await this.#turn(() => model.session.weights())),
    };
  }

  #reading(model: OpenModel): ReadingListener {
    return {
      progress: (message, done, total) => this.#facts.loading(model, message, done, total),
      onTensor: (tensor) => this.#facts.tensor(model, tensor),
      checkConfig: this.#configCheck(model.spec),
    };
  }

  /** Refuses a model that the device cannot hold, before it is downloaded. */
  #configCheck(spec: ModelSpec): (config: GPTConfig) => Promise<void> {
    return async (config) => {
      await this.start('auto');
      checkFits(config, 0, this.#backend.memory, {
        dtype: loadedDtype(spec, config),
        loaded: !needsTraining(spec),
      });
    };
  }

  /** Reads a model on the backend, between two of its steps. */
  async #read<T>(
    name: string,
    request: number,
    work: (model: OpenModel, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const {model} = await this.#entry(name);
    return this.#cancellable(request, (signal) =>
      this.#turn(async () => {
        if (signal.aborted) throw canceled();
        return work(model, signal);
      }),
    );
  }

  /** Runs `work` when everything that was asked before of the models of this name has been done. */
  #inOrder<T>(name: string, work: () => Promise<T>): Promise<T> {
    let queue = this.#changes.get(name);
    if (!queue) this.#changes.set(name, (queue = new Mutex()));
    return queue.run(work);
  }

  /** Changes a model, in the order of the requests. */
  #change<T>(name: string, work: (entry: Entry) => Promise<T>): Promise<T> {
    return this.#inOrder(name, async () => work(this.#find(name)));
  }

  /** The model as it is after all changes that were asked before. */
  #entry(name: string): Promise<Entry> {
    return this.#inOrder(name, async () => this.#find(name));
  }

  #find(name: string): Entry {
    const entry = this.#models.get(name);
    if (!entry)
      throw new EngineError('not-open', `There is no model “${name}” in the engine: open it first.`);
    return entry;
  }

  #turn<T>(work: () => Promise<T>): Promise<T> {
    return this.#backend.turn(work);
  }

  async #store(model: OpenModel): Promise<SavedFact> {
    const run = await this.#turn(() => model.autosave());
    const fact = await this.#autosaves.save(model.key, run);
    this.#facts.saved(model, fact);
    return fact;
  }

  /** Stores settings that changed since the last autosave, so that a restored run repeats its steps with them. */
  #noteChanges({key, runId, changes}: OpenModel): void {
    // Where nothing can be stored, the next autosave says so.
    if (changes.length) void this.#autosaves.noteChanges(key, runId, changes).catch(() => {});
  }

  /** Autosaves. What goes wrong is told and stops nothing. */
  async #save(model: OpenModel): Promise<void> {
    try {
      await this.#store(model);
    } catch (error) {
      this.#facts.error(model, toErrorFact(error, 'storage'));
    }
  }

  async #cancellable<T>(request: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#requests.set(request, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#requests.delete(request);
    }
  }

  #becomes(model: OpenModel, status: 'idle' | 'paused', message?: string): void {
    model.status = status;
    this.#facts.status(model, status, message);
  }

  #renewed(model: OpenModel): ModelFacts {
    this.#facts.renewed(model);
    this.#becomes(model, model.step > 0 ? 'paused' : 'idle');
    return model.facts;
  }

  /** The device was lost and another is there: every model is made again on it. */
  async #rebuildAll(reason: string, isLost: () => Promise<boolean>): Promise<void> {
    this.#facts.send({type: 'backend', backend: this.#backend.facts});
    for (const [name, {model}] of this.#models) {
      try {
        await model.rebuild();
      } catch (error) {
        if (await isLost()) throw error; // all are made again on the next device
        this.#models.delete(name);
        model.dispose();
        this.#facts.gone(model, toErrorFact(error));
        continue;
      }
      this.#facts.renewed(model);
      const message = `The GPU was lost (${reason}). The model continues from step ${model.step}.`;
      this.#facts.status(model, model.status, message);
    }
  }
}

const identityOf = (spec: ModelSpec, instance: number): string => `${instance} ${specKey(spec)}`;

const superseded = (name: string): EngineError =>
  new EngineError('canceled', `The model “${name}” was closed or replaced before it was loaded.`);

/** Waits for work, unless the signal is given before; the work is then ignored. */
function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {once: true});
    work.then(resolve, reject);
  });
}
