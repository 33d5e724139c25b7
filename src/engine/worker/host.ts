import {AutosaveStore} from '../../checkpoint/autosave.js';
import {specKey} from '../../checkpoint/spec-key.js';
import type {TrainingOptions} from '../../training/options.js';
import {BackendKeeper} from '../device/backend-keeper.js';
import {type ChoiceParts, chooseBackend} from '../device/choose-backend.js';
import {canceled, EngineError, toErrorFact} from '../errors.js';
import type {
  BackendChoice,
  BackendFacts,
  EngineFact,
  EngineRequests,
  EvalFact,
  GenerateOptions,
  History,
  ModelFacts,
  ModelSpec,
  NamedTensor,
  SavedFact,
  StepFact,
  TraceOptions,
} from '../protocol.js';
import {FactSender} from './fact-sender.js';
import {streamTokens} from './generation.js';
import {checkFits} from './memory.js';
import {loadSource} from './model-source.js';
import {OpenModel} from './open-model.js';
import {Run} from './run.js';
import {mergeTraining} from './training-options.js';

export interface HostParts extends Partial<ChoiceParts> {
  autosaves?: AutosaveStore<History>;
}

interface Entry {
  model: OpenModel;
  run: Run;
}

/**
 * The engine: all models of a page, and the one backend they share. It knows nothing of workers, so it runs in one, on the main
 * thread, and in tests.
 */
export class EngineHost implements EngineRequests {
  readonly #facts: FactSender;
  readonly #backend: BackendKeeper;
  readonly #autosaves: AutosaveStore<History>;
  /** By name: those being made too. */
  readonly #models = new Map<string, Promise<Entry>>();
  /** Those that are made. */
  readonly #made = new Set<Entry>();
  readonly #specs = new Map<string, string>();
  readonly #requests = new Map<number, AbortController>();

  constructor(tell: (fact: EngineFact) => void, thread: 'worker' | 'main', parts: HostParts = {}) {
    this.#facts = new FactSender(tell);
    this.#autosaves = parts.autosaves ?? new AutosaveStore();
    this.#backend = new BackendKeeper(
      thread,
      (choice) => chooseBackend(choice, parts),
      (reason) => this.#rebuildAll(reason),
    );
  }

  async start(choice: BackendChoice): Promise<BackendFacts> {
    const first = !this.#backend.started;
    const facts = await this.#backend.start(choice);
    if (first) this.#facts.send({type: 'backend', backend: facts});
    return facts;
  }

  async open(name: string, spec: ModelSpec): Promise<ModelFacts> {
    const key = specKey(spec);
    if (this.#specs.get(name) !== key) {
      await this.close(name);
      this.#specs.set(name, key);
      const entry = this.#make(name, spec);
      this.#models.set(name, entry);
      entry.catch(() => {
        if (this.#models.get(name) !== entry) return;
        this.#models.delete(name);
        this.#specs.delete(name);
      });
    }
    const {model} = await this.#entry(name);
    // A reader who comes back is offered to continue. Where nothing can be read, there is nothing to offer.
    const saved = await this.#autosaves.find(model.key).catch(() => undefined);
    if (saved) this.#facts.saved(model, saved);
    return model.facts;
  }

  async close(name: string): Promise<void> {
    const opening = this.#models.get(name);
    this.#models.delete(name);
    this.#specs.delete(name);
    const entry = await opening?.catch(() => undefined);
    if (!entry) return;
    const {model, run} = entry;
    if (run.running) {
      await run.halt();
      await this.#save(model);
    }
    this.#facts.flush(model);
    this.#made.delete(entry);
    await this.#turn(async () => model.dispose());
  }

  async trace(
    name: string,
    ids: number[],
    want: string[],
    options: TraceOptions,
    request: number,
  ): Promise<Record<string, NamedTensor>> {
    const {model} = await this.#entry(name);
    return this.#cancellable(request, (signal) =>
      this.#turn(async () => {
        if (signal.aborted) throw canceled();
        return Object.fromEntries(await model.session.trace(ids, want, options));
      }),
    );
  }

  async generate(name: string, options: GenerateOptions, request: number): Promise<void> {
    const {model} = await this.#entry(name);
    await this.#cancellable(request, async (signal) => {
      for await (const token of streamTokens(model, options, (work) => this.#turn(work), signal))
        this.#facts.send({type: 'token', request, token});
    });
  }

  async train(name: string, changes: Partial<TrainingOptions>): Promise<void> {
    const {model, run} = await this.#entry(name);
    const options = mergeTraining(model.options, changes);
    checkFits(model.source.config, options.batchSize, this.#backend.memory, model.kindOf(options));
    model.source.tokenizer.encode(options.samplePrompt); // complains now rather than in the middle of the run
    if (!run.running && model.step >= options.steps)
      throw new EngineError(
        'config',
        `All ${options.steps.toLocaleString('en')} steps are done. Give the run more steps, or reset the model to start again.`,
      );
    model.options = options;
    this.#facts.facts(model);
    run.start();
  }

  async pause(name: string): Promise<void> {
    const {model, run} = await this.#entry(name);
    if (!run.running) return;
    await run.halt();
    await this.#save(model);
    this.#becomes(model, 'paused');
  }

  async resume(name: string): Promise<void> {
    await this.train(name, {});
  }

  async step(name: string): Promise<StepFact> {
    const {model, run} = await this.#entry(name);
    if (run.running) throw new EngineError('config', 'The model is training: pause it to take single steps.');
    const {config} = model.source;
    checkFits(config, model.options.batchSize, this.#backend.memory, model.kindOf(model.options));
    const fact = await run.single();
    this.#facts.flush(model);
    return fact;
  }

  async stop(name: string): Promise<void> {
    const {model, run} = await this.#entry(name);
    await run.halt();
    if (model.step > 0) await this.#save(model);
    this.#becomes(model, 'idle');
  }

  async reset(name: string): Promise<ModelFacts> {
    const {model, run} = await this.#entry(name);
    await run.halt();
    await this.#turn(async () => model.reset());
    return this.#renewed(model);
  }

  async evaluate(name: string, request: number): Promise<EvalFact> {
    const {run} = await this.#entry(name);
    return this.#cancellable(request, (signal) => {
      if (signal.aborted) throw canceled();
      return run.evaluate();
    });
  }

  async weights(name: string, names?: string[]): Promise<Record<string, NamedTensor>> {
    const {model} = await this.#entry(name);
    return Object.fromEntries(await this.#turn(() => model.session.weights(names)));
  }

  async setWeights(name: string, weights: Record<string, NamedTensor>): Promise<void> {
    const {model} = await this.#entry(name);
    await this.#turn(async () => {
      await model.session.setWeights(Object.entries(weights));
      await model.remember();
    });
    this.#facts.reweighted(model);
  }

  async history(name: string): Promise<History> {
    return (await this.#entry(name)).model.history;
  }

  async saved(name: string): Promise<SavedFact | undefined> {
    const {model} = await this.#entry(name);
    return this.#autosaves.find(model.key);
  }

  async save(name: string): Promise<SavedFact> {
    return this.#store((await this.#entry(name)).model);
  }

  async restore(name: string): Promise<ModelFacts> {
    const {model, run} = await this.#entry(name);
    await run.halt();
    const saved = await this.#autosaves.load(model.key);
    if (!saved) throw new EngineError('storage', 'There is no saved run of this model to continue from.');
    await this.#turn(async () => model.continueFrom(saved));
    return this.#renewed(model);
  }

  async discard(name: string): Promise<void> {
    const {model} = await this.#entry(name);
    await this.#autosaves.discard(model.key);
    this.#facts.saved(model);
  }

  async cancel(request: number): Promise<void> {
    this.#requests.get(request)?.abort();
  }

  /** Ends everything and frees the backend. */
  async dispose(): Promise<void> {
    await Promise.all([...this.#models.keys()].map((name) => this.close(name)));
    this.#backend.close();
  }

  async #make(name: string, spec: ModelSpec): Promise<Entry> {
    const source = await loadSource(spec, (message, done, total) =>
      this.#facts.send({type: 'loading', model: name, message, done, total}),
    );
    await this.start('auto');
    checkFits(source.config, 0, this.#backend.memory);
    this.#facts.send({type: 'loading', model: name, message: 'Making the weights', done: 0, total: 0});
    return this.#turn(async () => {
      const model = new OpenModel(name, spec, source);
      const turn = <T>(work: () => Promise<T>) => this.#turn(work);
      const run = new Run({facts: this.#facts, turn, save: () => this.#save(model)}, model);
      const entry = {model, run};
      this.#made.add(entry);
      return entry;
    });
  }

  async #entry(name: string): Promise<Entry> {
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

  /** Autosaves. What goes wrong is told and stops nothing. */
  async #save(model: OpenModel): Promise<void> {
    try {
      await this.#store(model);
    } catch (error) {
      this.#facts.error(toErrorFact(error, 'storage'), model);
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
  async #rebuildAll(reason: string): Promise<void> {
    this.#facts.send({type: 'backend', backend: this.#backend.facts});
    for (const {model} of this.#made) {
      model.rebuild();
      this.#facts.renewed(model);
      const message = `The GPU was lost (${reason}). The model continues from step ${model.step}.`;
      this.#facts.status(model, model.status, message);
    }
  }
}
