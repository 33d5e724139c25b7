import type {EngineErrorFact, LiveModel, ModelSpec, SavedFact, TrainingOptions} from '../../state/index.js';
import {recallChoice, rememberChoice} from './last-choice.js';
import {type Remedy, smaller} from './remedy.js';
import {recommended, settingsInForce, usualSteps} from './settings.js';

export type ActionName =
  | 'train'
  | 'pause'
  | 'resume'
  | 'step'
  | 'stop'
  | 'reset'
  | 'restore'
  | 'restart'
  | 'settings';

export interface RunControlHost {
  /** What the page's author has set. */
  readonly attributes: Partial<TrainingOptions>;
  requestUpdate(): void;
  /** The reader has asked for something. */
  onAction(name: ActionName): void;
}

/** What the reader asks of the model: one thing at a time, and what became of it. */
export class RunControl {
  model?: LiveModel;
  /** What was asked and has not yet happened. */
  pending?: ActionName;
  /** What the last request was refused with. */
  problem?: EngineErrorFact;
  /** The model that was there before the reader asked for another. */
  before?: ModelSpec;
  /** The model that the reader had made here in place of the author's, before the page was loaded again. */
  lastChoice?: ModelSpec;

  /** What the reader has set, on top of the attributes. */
  #chosen: Partial<TrainingOptions> = {};
  /** What was asked while something else was pending. */
  #after?: () => Promise<void>;
  /** What the page's author asked for. */
  #authored?: ModelSpec;
  /** For which spec an earlier run was looked for. */
  #lookedFor?: ModelSpec;
  readonly #host: RunControlHost;

  constructor(host: RunControlHost) {
    this.#host = host;
  }

  /** The options that the author and the reader have set; the rest is left to what suits the model. */
  get requestedOptions(): Partial<TrainingOptions> {
    return {...this.#host.attributes, ...this.#chosen};
  }

  get settings(): TrainingOptions {
    return settingsInForce(this.model, this.requestedOptions);
  }

  /** An earlier run of this model that the reader may take up again. */
  get earlier(): SavedFact | undefined {
    const {status, step, savedFact} = this.model ?? {};
    return (status === 'idle' || status === 'error') && step === 0 && savedFact?.step ? savedFact : undefined;
  }

  /** Whether the model came trained, and has now other weights: a reset brings the trained ones back. */
  get canReturn(): boolean {
    const {facts, spec} = this.model ?? {};
    return facts !== undefined && facts.pretrained === undefined && spec?.pretrained !== undefined;
  }

  follow(model: LiveModel | undefined): void {
    this.model = model;
    this.pending = this.problem = this.before = undefined;
    this.lastChoice = this.#lookedFor = this.#after = undefined;
    this.#authored = model?.spec;
    if (model) void this.#recall(model);
  }

  /** Looks once for an earlier run of an open model. */
  lookForEarlier(): void {
    const {model} = this;
    if (!model?.facts || model.isRecorded || this.#lookedFor === model.spec) return;
    this.#lookedFor = model.spec;
    model.saved().then(
      () => this.#host.requestUpdate(),
      () => {}, // Without a store there is no earlier run.
    );
  }

  async #recall(model: LiveModel): Promise<void> {
    const choice = await recallChoice(model, model.spec);
    if (this.model !== model || model.spec !== this.#authored) return;
    this.lastChoice = choice;
    this.#host.requestUpdate();
  }

  train = (): Promise<void> =>
    this.#ask('train', async (model) => {
      if (!model.facts || model.isRecorded) {
        await model.start();
        // Nobody has looked for an earlier run yet: it is offered first, not overwritten.
        if (await hasEarlier(model)) return;
      }
      await model.train(this.requestedOptions);
    });

  pause = (): Promise<void> => this.#ask('pause', (model) => model.pause());
  resume = (): Promise<void> => this.#ask('resume', (model) => model.train(this.requestedOptions));
  step = (): Promise<void> =>
    this.#ask('step', async (model) => {
      await model.start();
      // A step from the beginning would be saved in the place of an earlier run.
      if (!model.step && (await hasEarlier(model))) {
        await model.restore();
        this.#chosen = {};
      }
      await model.stepOnce();
    });
  stop = (): Promise<void> => this.#ask('stop', (model) => model.stop());

  /** As many steps again. */
  trainOn = (): Promise<void> =>
    this.#ask('train', (model) => {
      const more = this.#host.attributes.steps ?? usualSteps(model.spec);
      this.#chosen = {...this.#chosen, steps: model.step + more};
      return model.train(this.requestedOptions);
    });

  /** Takes an earlier run up again, with the settings that it had. */
  restore = (): Promise<void> =>
    this.#ask('restore', async (model) => {
      const {training, step} = await model.restore();
      this.#chosen = {};
      if (step < training.steps) await model.resume();
    });

  reset = (): Promise<void> =>
    this.#ask('reset', async (model) => {
      await keep(model);
      if (this.canReturn) {
        await model.close();
        await model.start();
      } else await model.reset();
      const {steps: _, ...chosen} = this.#chosen;
      this.#chosen = chosen;
    });

  /** Changes an option: at once in a run, else when one starts or continues. */
  setOption(change: Partial<TrainingOptions>): void {
    this.#chosen = {...this.#chosen, ...change};
    this.#host.onAction('settings');
    void this.#applyToRun(change);
  }

  /** The author has changed attributes: a run under way takes the new values, or the defaults of removed ones. */
  attributesChanged(names: readonly (keyof TrainingOptions)[]): void {
    const defaults = recommended(this.model?.spec ?? {});
    const {requestedOptions} = this;
    const change = names.map((name) => [name, requestedOptions[name] ?? defaults[name]] as const);
    void this.#applyToRun(Object.fromEntries(change.filter(([, value]) => value !== undefined)));
  }

  /** Not a request like others: several changes may be under way, and each must arrive. */
  async #applyToRun(change: Partial<TrainingOptions>): Promise<void> {
    const {model} = this;
    if (model?.status !== 'training') return;
    this.problem = undefined;
    try {
      await model.train(change);
    } catch (error) {
      this.#fail(model, error as EngineErrorFact);
    }
    this.#host.requestUpdate();
  }

  /** Makes another model. What the old one has learned stays saved. */
  restartWith(spec: ModelSpec): void {
    void this.#ask('restart', async (model) => {
      await keep(model);
      this.before = model.facts ? model.spec : undefined;
      // What suits one size does not suit another: the author's settings stay, the reader's go.
      if (spec.preset !== model.spec.preset) this.#chosen = {};
      model.spec = spec;
      await model.ready;
      this.lastChoice = undefined;
      await rememberChoice(model, this.#authored!, spec);
    });
  }

  /** Does what helps against an error. */
  help({act}: Remedy): void {
    const {model, settings} = this;
    if (!model) return;
    const {config: _, pretrained: __, ...spec} = model.spec;
    if (act === 'retry')
      void this.#ask('train', () => (model.facts ? model.train(this.requestedOptions) : model.ready));
    else if (act === 'back' && this.before) this.restartWith(this.before);
    else if (act === 'tiny-tales') this.restartWith({...model.spec, corpus: {kind: 'tiny-tales'}});
    else if (act === 'smaller') this.restartWith({...spec, preset: smaller(spec.preset)});
    else if (act === 'halve-batch')
      this.#trainWith({batchSize: Math.max(1, Math.floor(settings.batchSize / 2))});
    else if (act === 'halve-rate') this.#trainWith({learningRate: settings.learningRate / 2}, true);
    else if (act === 'dismiss') this.#dismiss(model);
  }

  #trainWith(change: Partial<TrainingOptions>, afresh = false): void {
    this.#chosen = {...this.#chosen, ...change};
    void this.#ask('train', async (model) => {
      if (afresh) await model.reset();
      await model.train(this.requestedOptions);
    });
  }

  #dismiss(model: LiveModel): void {
    this.problem = undefined;
    model.error = undefined;
    this.#host.requestUpdate();
  }

  async #ask(name: ActionName, request: (model: LiveModel) => Promise<unknown>): Promise<void> {
    const {model} = this;
    if (!model) return;
    if (this.pending) {
      // A second click on the same button is one too many; another button has its turn.
      if (this.pending !== name) this.#after = () => this.#ask(name, request);
      return;
    }
    this.pending = name;
    this.problem = undefined;
    this.#host.onAction(name);
    try {
      await request(model);
    } catch (error) {
      this.#fail(model, error as EngineErrorFact);
    }
    if (this.model !== model) return; // Another model is followed now, which may have a request of its own.
    this.pending = undefined;
    this.#host.requestUpdate();
    const after = this.#after;
    this.#after = undefined;
    await after?.();
  }

  #fail(model: LiveModel, {code = 'internal', message}: EngineErrorFact): void {
    if (this.model === model && code !== 'canceled') this.problem = {code, message};
  }
}

/** Whether an earlier run is kept. Without a store there is none. */
const hasEarlier = async (model: LiveModel): Promise<boolean> =>
  ((await model.saved().catch(() => undefined))?.step ?? 0) > 0;

/** Saves what was learned, so that it can be taken up again. */
async function keep(model: LiveModel): Promise<void> {
  if (!model.facts || !model.step) return;
  await model.save().catch(() => {}); // Without a store nothing can be kept; the reader wants to go on.
}
