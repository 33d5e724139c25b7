import type {AutosaveStore} from '../../checkpoint/autosave.js';
import type {TrainingOptions} from '../../training/options.js';
import {readPass} from '../../training/read-pass.js';
import {CancellableRequests} from '../cancellable-requests.js';
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
import {FactSender} from './fact-sender.js';
import {streamTokens} from './generation.js';
import {Loading} from './loading.js';
import {checkFits} from './memory.js';
import {ModelMaker} from './model-maker.js';
import {type Entry, Models} from './models.js';
import type {OpenModel} from './open-model.js';
import {Openings} from './openings.js';
import {saveFile} from './save-file.js';
import {SavedRuns} from './saved-runs.js';
import {mergeTraining} from './training-options.js';

export interface HostParts extends Partial<ChoiceParts> {
  autosaves?: AutosaveStore<History>;
}

/**
 * The engine: all models of a page, and the one backend they share. It knows nothing of workers, so it runs in one, on the main
 * thread, and in tests.
 */
export class EngineHost implements EngineRequests {
  readonly #facts: FactSender;
  readonly #backend: BackendKeeper;
  readonly #saved: SavedRuns;
  readonly #models = new Models();
  readonly #maker: ModelMaker;
  readonly #openings: Openings;
  readonly #loading: Loading;
  readonly #requests = new CancellableRequests();

  constructor(tell: (fact: EngineFact) => void, thread: 'worker' | 'main', parts: HostParts = {}) {
    this.#facts = new FactSender(tell);
    this.#backend = new BackendKeeper(
      thread,
      (choice) => chooseBackend(choice, parts),
      (reason, isLost) => this.#rebuildAll(reason, isLost),
    );
    const facts = this.#facts;
    const models = this.#models;
    const turn = <T>(work: () => Promise<T>) => this.#turn(work);
    const saved = (this.#saved = new SavedRuns(facts, turn, parts.autosaves));
    const start = () => this.start('auto');
    const maker = (this.#maker = new ModelMaker({facts, backend: this.#backend, start, models, saved}));
    this.#openings = new Openings({facts, models, maker, saved, turn});
    this.#loading = new Loading({facts, models, maker, saved, turn});
  }

  async start(choice: BackendChoice): Promise<BackendFacts> {
    const first = !this.#backend.started;
    const facts = await this.#backend.start(choice);
    if (first) this.#facts.send({type: 'backend', backend: facts});
    return facts;
  }

  async open(name: string, spec: ModelSpec, instance = 0): Promise<ModelFacts> {
    return this.#openings.open(name, spec, instance);
  }

  close(name: string): Promise<void> {
    return this.#openings.close(name);
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

  generate(name: string, options: GenerateOptions, request: number): Promise<void> {
    return this.#request(name, request, async ({model}, signal) => {
      for await (const token of streamTokens(model, options, (work) => this.#turn(work), signal))
        this.#facts.send({type: 'token', request, token});
    });
  }

  train(name: string, changes: Partial<TrainingOptions>): Promise<void> {
    return this.#models.change(name, async ({model, run}) => {
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
      this.#saved.noteChanges(model);
    });
  }

  pause(name: string): Promise<void> {
    return this.#models.change(name, async ({model, run}) => {
      if (!run.running) return;
      await run.halt();
      await this.#saved.save(model);
      this.#facts.setStatus(model, 'paused');
    });
  }

  resume(name: string): Promise<void> {
    return this.train(name, {});
  }

  step(name: string): Promise<StepFact> {
    return this.#models.change(name, async ({model, run}) => {
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
    return this.#models.change(name, async ({model, run}) => {
      await run.halt();
      if (model.step > 0) await this.#saved.save(model);
      this.#facts.setStatus(model, 'idle');
    });
  }

  reset(name: string): Promise<ModelFacts> {
    return this.#models.change(name, async ({model, run}) => {
      await run.haltFor(() => this.#turn(() => model.reset()));
      return this.#renewed(model);
    });
  }

  evaluate(name: string, request: number, interventions: readonly Intervention[] = []): Promise<EvalFact> {
    return this.#request(name, request, ({run}) =>
      interventions.length > 0 ? run.evaluateChanged(interventions) : run.evaluate(),
    );
  }

  classify(name: string, texts: number[][], options: ReadingOptions, request: number): Promise<number[][]> {
    return this.#request(name, request, ({model}, signal) =>
      classifyTexts(model, texts, options, (work) => this.#turn(work), signal),
    );
  }

  async weights(name: string, names?: string[]): Promise<Record<string, NamedTensor>> {
    const {model} = await this.#models.entry(name);
    return Object.fromEntries(await this.#turn(() => model.session.weights(names)));
  }

  inspect(name: string, tensor: string, request: number): Promise<WeightReading> {
    return this.#read(name, request, ({session}) => session.inspect(tensor));
  }

  setWeights(name: string, weights: Record<string, NamedTensor>): Promise<void> {
    return this.#models.change(name, async ({model}) => {
      await this.#turn(async () => {
        await model.session.setWeights(Object.entries(weights));
        await model.remember();
      });
      this.#facts.reweighted(model);
    });
  }

  async history(name: string): Promise<History> {
    return (await this.#models.entry(name)).model.history;
  }

  async saved(name: string): Promise<SavedFact | undefined> {
    const {model} = await this.#models.entry(name);
    return this.#saved.find(model.key);
  }

  save(name: string): Promise<SavedFact> {
    return this.#models.change(name, ({model}) => this.#saved.store(model));
  }

  restore(name: string): Promise<ModelFacts> {
    return this.#models.change(name, async ({model, run}) => {
      const record = await this.#saved.load(model);
      if (!record) throw new EngineError('storage', 'There is no saved run of this model to continue from.');
      const saved = checkAutosave(record, model.source, model.session.task.tuning);
      await run.haltFor(() => this.#turn(() => model.continueFrom(saved)));
      return this.#renewed(model);
    });
  }

  discard(name: string): Promise<void> {
    return this.#models.change(name, ({model}) => this.#saved.discard(model));
  }

  load(name: string, checkpoint: CheckpointSpec, request: number): Promise<LoadedFact> {
    return this.#request(name, request, (entry, signal) => this.#loading.load(entry, checkpoint, signal));
  }

  saveFile(name: string, options: SaveOptions, request: number): Promise<Blob> {
    return this.#read(name, request, async (model, signal) => {
      await model.session.settle();
      return saveFile(model, options, signal);
    });
  }

  compare(name: string, checkpoint: CheckpointSpec, request: number): Promise<TensorDistance[]> {
    return this.#request(name, request, async ({model}, signal) => {
      const {progress} = this.#maker.listenerOf(model);
      const opened = await openCheckpointSpec(checkpoint, {progress}, signal);
      return this.#turn(() => compareWeights(model, opened, {progress}, signal));
    });
  }

  async cancel(request: number): Promise<void> {
    this.#requests.cancel(request);
  }

  /** Ends everything and frees the backend. */
  async dispose(): Promise<void> {
    await Promise.allSettled(this.#models.names.map((name) => this.close(name)));
    this.#backend.close();
  }

  /** Answers a request about a model that can be canceled at any time, also while it waits for the model. */
  #request<T>(
    name: string,
    request: number,
    work: (entry: Entry, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#requests.run(request, async (signal) => {
      const entry = await this.#models.entry(name);
      if (signal.aborted) throw canceled();
      return work(entry, signal);
    });
  }

  /** Reads a model on the backend, between two of its steps. */
  #read<T>(
    name: string,
    request: number,
    work: (model: OpenModel, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#request(name, request, ({model}, signal) =>
      this.#turn(async () => {
        if (signal.aborted) throw canceled();
        return work(model, signal);
      }),
    );
  }

  #turn<T>(work: () => Promise<T>): Promise<T> {
    return this.#backend.turn(work);
  }

  #renewed(model: OpenModel): ModelFacts {
    this.#facts.renewed(model);
    this.#facts.setStatus(model, model.step > 0 ? 'paused' : 'idle');
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
      this.#facts.setStatus(model, model.status, message);
    }
  }
}
