import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {
  type CorpusSpec,
  countParameters,
  DEFAULT_PRESET,
  type EngineErrorFact,
  type LiveModel,
  type ModelSpec,
  PRESETS,
  type TrainingOptions,
} from '../../state/index.js';
import {define} from '../../ui/define.js';
import {count, decimals, duration} from '../../ui/format.js';
import {GptElement} from '../../ui/gpt-element.js';
import {ModelController} from '../../ui/model-controller.js';
import {BACKENDS, modelFacts} from '../../ui/model-facts.js';
import {VisibleController} from '../../ui/visible-controller.js';
import {renderBackend} from './backend-panel.js';
import {CorpusForm, type CorpusHost} from './corpus-form.js';
import {lastValidation, recentLoss, renderFigures, renderWay} from './figures.js';
import {styles} from './gpt-trainer.styles.js';
import {ModelForm, type ModelHost, plannedConfig} from './model-form.js';
import {isLarger, type Remedy, remedyFor, smaller} from './remedy.js';
import {renderSample} from './samples.js';
import {given, settingsInForce, usualSteps} from './settings.js';
import {SettingsForm, type SettingsHost} from './settings-form.js';
import {timeLeft, when, whole} from './words.js';

/** So many steps are worth a question before they are thrown away. */
const ASK_FROM_STEP = 50;
/** Milliseconds between two redraws while steps come in: figures that change faster cannot be read. */
const REDRAW_MS = 200;

type Panel = 'corpus' | 'model' | 'settings' | 'backend';

/**
 * How does a model learn? Starts, pauses and steps the training of a model, and shows how far it has come: in numbers,
 * and in what it writes. Training goes on while the element is off-screen.
 *
 * @summary Trains a model and shows it learn: progress, losses, samples from gibberish to tales.
 * @event {CustomEvent<{name: string}>} gpt-action - The reader has pressed a button: `train`, `pause`, `resume`, `step`, `stop`, `reset`, `restore`, `restart`.
 * @slot lead - Replaces the sentence above.
 * @slot chart - A chart of the run, between the figures and the samples, e.g. a `<loss-chart>`.
 * @csspart lead - The sentence above.
 * @csspart actions - The buttons.
 * @csspart progress - The progress bar and its words.
 * @csspart figures - The numbers.
 * @csspart way - The way from guessing to the best possible loss.
 * @csspart readout - The state of learning in one sentence.
 * @csspart sample - What the model writes.
 * @csspart panels - Text, settings, and what runs it.
 * @csspart footer - Facts and the embed button.
 * @cssproperty --gpt-accent - The main button and the progress bar.
 * @cssproperty --gpt-train - The training loss.
 * @cssproperty --gpt-validation - The validation loss.
 */
export class GptTrainer extends GptElement implements SettingsHost, ModelHost, CorpusHost {
  static override styles = [...GptElement.styles, styles];

  /** One button, one line of progress, one sample: for the margin of a text. */
  @property({type: Boolean, reflect: true}) accessor compact = false;
  /** Starts the engine at the first press and not when this comes on screen: nothing is downloaded before. */
  @property({type: Boolean, reflect: true, attribute: 'on-demand'}) accessor onDemand = false;
  /** Leaves out the settings. */
  @property({type: Boolean, reflect: true, attribute: 'without-settings'}) accessor withoutSettings = false;
  /** Leaves out the choice of a text. */
  @property({type: Boolean, reflect: true, attribute: 'without-corpus'}) accessor withoutCorpus = false;
  /** Leaves out what the model writes. */
  @property({type: Boolean, reflect: true, attribute: 'without-sample'}) accessor withoutSample = false;
  /** Leaves out the numbers and the way to the best loss. */
  @property({type: Boolean, reflect: true, attribute: 'without-figures'}) accessor withoutFigures = false;
  /** Leaves out what runs the model and why. */
  @property({type: Boolean, reflect: true, attribute: 'without-backend'}) accessor withoutBackend = false;
  /** Leaves out the button for a single step. */
  @property({type: Boolean, reflect: true, attribute: 'without-step'}) accessor withoutStep = false;
  /** Leaves out the buttons that end the run and forget what was learnt. */
  @property({type: Boolean, reflect: true, attribute: 'without-reset'}) accessor withoutReset = false;

  /** Steps of the whole run. Default: what suits the model's size; so with the settings below. */
  @property({type: Number, reflect: true}) accessor steps: number | undefined;
  /** Windows of text a step. */
  @property({type: Number, reflect: true, attribute: 'batch-size'}) accessor batchSize: number | undefined;
  /** The peak of the learning rate's schedule. */
  @property({type: Number, reflect: true, attribute: 'learning-rate'}) accessor learningRate:
    | number
    | undefined;
  /** Steps in which the learning rate rises. */
  @property({type: Number, reflect: true, attribute: 'warmup-steps'}) accessor warmupSteps:
    | number
    | undefined;
  /** Decoupled weight decay on matrices. */
  @property({type: Number, reflect: true, attribute: 'weight-decay'}) accessor weightDecay:
    | number
    | undefined;
  /** Longest gradient allowed; 0 allows any. */
  @property({type: Number, reflect: true, attribute: 'clip-norm'}) accessor clipNorm: number | undefined;
  /** Probability of dropping a value. */
  @property({type: Number, reflect: true, attribute: 'drop-rate'}) accessor dropRate: number | undefined;
  /** Steps between two evaluations. */
  @property({type: Number, reflect: true, attribute: 'eval-interval'}) accessor evalInterval:
    | number
    | undefined;
  /** Steps between two samples. */
  @property({type: Number, reflect: true, attribute: 'sample-interval'}) accessor sampleInterval:
    | number
    | undefined;
  /** What every sample begins with. Default: nothing. */
  @property({reflect: true, attribute: 'sample-prompt'}) accessor samplePrompt: string | undefined;
  /** Tokens a sample. */
  @property({type: Number, reflect: true, attribute: 'sample-tokens'}) accessor sampleTokens:
    | number
    | undefined;

  /** What the reader has set here, on top of the attributes. */
  @state() private accessor chosen: Partial<TrainingOptions> = {};
  /** What was asked of the engine and has not yet happened. */
  @state() private accessor pending: string | undefined;
  /** What the last request was refused with. */
  @state() private accessor problem: EngineErrorFact | undefined;
  @state() private accessor resetAsked = false;
  @state() private accessor sampleChosen: number | undefined;
  @state() private accessor panel: Panel | undefined;
  @state() private accessor announcement = '';

  /** The model that was there before the reader asked for another. */
  #before?: ModelSpec;
  /** For which spec an earlier run was looked for. */
  #lookedFor?: ModelSpec;
  #redrawTimer?: ReturnType<typeof setTimeout>;
  readonly #settings = new SettingsForm(this);
  readonly #form = new ModelForm(this);
  readonly #corpus = new CorpusForm(this);
  readonly #visible = new VisibleController(this, (visible) => visible && this.#open());
  readonly #models = new ModelController(
    this,
    ['gpt-status', 'gpt-sample', 'gpt-error', 'gpt-facts', 'gpt-saved', 'gpt-loading'],
    (model) => this.#follow(model),
  );
  #following?: AbortController;

  get #model(): LiveModel | undefined {
    return this.#models.model;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#redrawTimer);
    this.#redrawTimer = undefined;
  }

  // ---- what the forms ask for ----

  /** @internal */
  get wishes(): Partial<TrainingOptions> {
    return given({
      steps: this.steps,
      batchSize: this.batchSize,
      learningRate: this.learningRate,
      warmupSteps: this.warmupSteps,
      weightDecay: this.weightDecay,
      clipNorm: this.clipNorm,
      dropRate: this.dropRate,
      evalInterval: this.evalInterval,
      sampleInterval: this.sampleInterval,
      samplePrompt: this.samplePrompt,
      sampleTokens: this.sampleTokens,
      ...this.chosen,
    });
  }

  /** @internal */
  get takesCorpus(): boolean {
    return !this.withoutCorpus && !this.compact;
  }

  /** @internal */
  wish(change: Partial<TrainingOptions>): void {
    this.chosen = {...this.chosen, ...change};
    // A run that is paused or not begun takes them when it goes on.
    if (this.#model?.status === 'training') void this.#ask('settings', (model) => model.train(change));
  }

  /** @internal */
  restartWith(spec: ModelSpec): void {
    void this.#ask('restart', async (model) => {
      await this.#keep(model);
      this.#before = model.spec;
      // Steps, batch and rate that suit another size are others: attributes stay, choices go.
      if (spec.preset !== model.spec.preset) this.chosen = {};
      model.spec = spec;
      await model.ready;
    });
  }

  /** @internal */
  learnFrom(corpus: CorpusSpec): void {
    const model = this.#model;
    if (!model) return;
    this.panel = undefined;
    this.restartWith({...model.spec, corpus});
  }

  /** @internal */
  showCorpus(): void {
    this.panel = 'corpus';
  }

  // ---- following the model ----

  #follow(model: LiveModel | undefined): void {
    this.#following?.abort();
    this.problem = undefined;
    this.resetAsked = false;
    this.sampleChosen = undefined;
    if (!model) return;
    this.#following = new AbortController();
    const {signal} = this.#following;
    model.addEventListener('gpt-step', this.#redrawSoon, {signal});
    model.addEventListener('gpt-eval', () => this.#announceLosses(model), {signal});
    model.addEventListener('gpt-status', () => this.#announceStatus(model), {signal});
    if (this.#visible.visible) this.#open();
  }

  /** Opens the model as soon as the reader sees this: its size, its text and an earlier run can then be shown. */
  #open(): void {
    if (!this.onDemand) this.#model?.ready.catch(() => {}); // The model's own error is shown.
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const model = this.#model;
    if (!model?.facts || this.#lookedFor === model.spec) return;
    this.#lookedFor = model.spec;
    model.saved().then(
      () => this.requestUpdate(),
      () => {}, // Without a store there is no earlier run.
    );
  }

  #redrawSoon = (): void => {
    this.#redrawTimer ??= setTimeout(() => {
      this.#redrawTimer = undefined;
      this.requestUpdate();
    }, REDRAW_MS);
  };

  #announceLosses(model: LiveModel): void {
    this.requestUpdate();
    const validation = lastValidation(model);
    if (validation === undefined) return;
    this.announcement = `Step ${whole(model.step)}: validation loss ${decimals(validation, 2)}, perplexity ${decimals(Math.exp(validation), 1)}.`;
  }

  #announceStatus({status, step}: LiveModel): void {
    if (status === 'training') this.announcement = 'Training has started.';
    if (status === 'paused') this.announcement = `Paused at step ${whole(step)}.`;
    if (status === 'done') this.announcement = `Done: ${whole(step)} steps.`;
  }

  // ---- what the reader asks for ----

  async #ask(name: string, request: (model: LiveModel) => Promise<unknown>): Promise<void> {
    const model = this.#model;
    if (!model || this.pending) return;
    this.pending = name;
    this.problem = undefined;
    this.resetAsked = false;
    this.dispatchEvent(new CustomEvent('gpt-action', {detail: {name}, bubbles: true, composed: true}));
    try {
      await request(model);
    } catch (error) {
      const {code = 'internal', message} = error as EngineErrorFact;
      if (code !== 'cancelled') this.problem = {code, message};
    } finally {
      this.pending = undefined;
    }
  }

  #train = (): Promise<void> =>
    this.#ask('train', async (model) => {
      if (this.onDemand && !model.facts) {
        await model.ready;
        // Nobody has looked for an earlier run yet: it is offered first, not overwritten.
        if ((await model.saved().catch(() => undefined))?.step) return;
      }
      await model.train(this.wishes);
    });
  #pause = (): Promise<void> => this.#ask('pause', (model) => model.pause());
  #resume = (): Promise<void> => this.#ask('resume', (model) => model.train(this.wishes));
  #step = (): Promise<void> => this.#ask('step', (model) => model.stepOnce());
  #stop = (): Promise<void> => this.#ask('stop', (model) => model.stop());

  /** As many steps again. */
  #trainOn = (): Promise<void> =>
    this.#ask('train', (model) => {
      this.chosen = {...this.chosen, steps: model.step + this.#usualSteps(model)};
      return model.train(this.wishes);
    });

  /** Takes an earlier run up again, with the settings that it had. */
  #restore = (): Promise<void> =>
    this.#ask('restore', async (model) => {
      const {training, step} = await model.restore();
      if (step < training.steps) await model.resume();
    });

  #reset = (): Promise<void> =>
    this.#ask('reset', async (model) => {
      await this.#keep(model);
      await model.reset();
      this.chosen = given({...this.chosen, steps: undefined});
    });

  #onReset = (): void => {
    if ((this.#model?.step ?? 0) > ASK_FROM_STEP) this.resetAsked = true;
    else void this.#reset();
  };

  /** Saves what was learnt, so that it can be taken up again. */
  async #keep(model: LiveModel): Promise<void> {
    if (!model.facts || !model.step) return;
    await model.save().catch(() => {}); // Without a store nothing can be kept; the reader wants to go on.
  }

  #usualSteps = ({spec}: LiveModel): number => this.steps ?? usualSteps(spec);

  #help({act}: Remedy): void {
    const model = this.#model!;
    const {batchSize, learningRate} = settingsInForce(model, this.wishes);
    const {config: _, ...spec} = model.spec;
    switch (act) {
      case 'retry':
        void this.#ask('train', (model) => (model.facts ? model.train(this.wishes) : model.ready));
        break;
      case 'back':
        this.restartWith(this.#before!);
        break;
      case 'corpus':
        if (this.takesCorpus) this.showCorpus();
        else this.learnFrom({kind: 'tiny-tales'});
        break;
      case 'smaller':
        this.restartWith({...spec, preset: smaller(spec.preset)});
        break;
      case 'halve-batch':
        this.chosen = {...this.chosen, batchSize: Math.max(1, Math.floor(batchSize / 2))};
        void this.#train();
        break;
      case 'halve-rate':
        this.chosen = {...this.chosen, learningRate: learningRate / 2};
        void this.#ask('train', async (model) => {
          await model.reset();
          await model.train(this.wishes);
        });
        break;
      case 'dismiss':
        this.problem = undefined;
        model.error = undefined;
        this.requestUpdate();
    }
  }

  // ---- drawing ----

  protected override render(): TemplateResult {
    const model = this.#model;
    return html`
      ${this.renderLead('The model reads a piece of text, guesses every next token, and is nudged towards what really came. Thousands of such steps make it a storyteller.')}
      ${this.#renderActions(model)} ${this.#renderProgress(model)} ${this.#renderNotices(model)}
      ${this.compact ? nothing : this.#renderBody(model)}
      ${this.withoutSample ? nothing : renderSample({samples: model?.history.samples ?? [], chosen: this.sampleChosen, choose: (index) => (this.sampleChosen = index)}, !this.compact)}
      ${this.compact ? nothing : this.#renderPanels(model)}
      <div class="visually-hidden" role="status">${this.announcement}</div>
      ${this.#corpus.dragging ? html`<div class="drop" aria-hidden="true">Drop a text to learn from it</div>` : nothing}
      ${this.renderFooter(this.compact || this.withoutBackend ? modelFacts(model) : '')}
    `;
  }

  #renderActions(model: LiveModel | undefined): TemplateResult {
    const {label, act} = this.#primary(model);
    const status = model?.status;
    const step = model?.step ?? 0;
    const training = status === 'training';
    return html`<div class="actions" part="actions">
      <button class="primary" aria-disabled=${this.pending !== undefined || !model} @click=${act}>${label}</button>
      ${
        this.withoutStep
          ? nothing
          : html`<button ?disabled=${training || status === 'loading'} @click=${this.#step}>One step</button>`
      }
      ${
        this.withoutReset || this.compact
          ? nothing
          : html`<button ?disabled=${!training && status !== 'paused'} @click=${this.#stop}>Stop</button>
              <button ?disabled=${step === 0} @click=${this.#onReset}>Reset</button>`
      }
    </div>`;
  }

  /** The one button that goes on: what it says and does now. */
  #primary(model: LiveModel | undefined): {label: string; act: () => void} {
    const finished = (model?.step ?? 0) >= settingsInForce(model, this.wishes).steps;
    switch (model?.status) {
      case 'training':
        return {label: 'Pause', act: this.#pause};
      case 'paused':
        return finished ? {label: 'Train on', act: this.#trainOn} : {label: 'Resume', act: this.#resume};
      case 'done':
        return {label: 'Train on', act: this.#trainOn};
      default:
        if (model?.step) return {label: 'Train on', act: finished ? this.#trainOn : this.#train};
        return {label: this.#earlier ? 'Start afresh' : 'Train', act: this.#train};
    }
  }

  /** An earlier run of this model that the reader may take up again. */
  get #earlier() {
    const model = this.#model;
    const idle = model?.status === 'idle' || model?.status === 'error';
    return model && idle && model.step === 0 && model.savedFact?.step ? model.savedFact : undefined;
  }

  #renderProgress(model: LiveModel | undefined): TemplateResult {
    const {steps} = settingsInForce(model, this.wishes);
    const step = model?.step ?? 0;
    const loading = model?.status === 'loading' ? model.loading : undefined;
    const waiting = model?.status === 'loading' && !loading?.total;
    return html`<div class="progress" part="progress">
      <progress
        aria-label=${loading ? 'Loading' : 'Training'}
        max=${loading?.total || steps}
        value=${waiting ? nothing : loading ? loading.done : step}
      ></progress>
      <p class="words">
        <span class="state">${this.#state(model)}</span>
        ${this.compact && recentLoss(model?.history.steps ?? []) !== undefined ? html`<span>loss <span class="number">${decimals(recentLoss(model!.history.steps)!, 2)}</span></span>` : nothing}
        <span class="count">step <span class="number">${whole(step)}</span> of <span class="number">${whole(steps)}</span></span>
      </p>
    </div>`;
  }

  /** What is going on, in a few words. */
  #state(model: LiveModel | undefined): string {
    switch (model?.status) {
      case undefined:
      case 'closed':
        return 'Runs in this page; nothing is sent anywhere.';
      case 'loading':
        return `${model.loading?.message ?? 'Starting the engine'} …`;
      case 'training': {
        const last = model.history.steps.at(-1);
        return last && last.step === model.step ? timeLeft(last.secondsLeft) : 'Starting …';
      }
      case 'paused':
        return 'Paused.';
      case 'done':
        return `Done${this.#took(model)}.`;
      case 'error':
        return 'Interrupted.';
      case 'idle':
        return model.step ? 'Stopped.' : 'Ready.';
    }
  }

  /** How long the whole run has trained, from the speed of its steps. */
  #took({history}: LiveModel): string {
    let seconds = 0;
    let seen = 0;
    for (const {tokensSeen, tokensPerSecond} of history.steps) {
      seconds += (tokensSeen - seen) / tokensPerSecond;
      seen = tokensSeen;
    }
    return Number.isFinite(seconds) && seconds >= 1 ? ` in ${duration(seconds)} of training` : '';
  }

  #renderNotices(model: LiveModel | undefined): TemplateResult {
    const earlier = this.#earlier;
    const error = this.problem ?? model?.error;
    const remedy = error && model && remedyFor(error, model, this.#before);
    const unfound = this.#models.problem;
    return html`
      ${unfound ? html`<p class="error" role="alert">${unfound}</p>` : nothing}
      ${
        error && remedy
          ? html`<div class="error notice" role="alert">
              <span>${error.message}</span> <button @click=${() => this.#help(remedy)}>${remedy.label}</button>
            </div>`
          : nothing
      }
      ${model?.statusMessage && model.statusMessage !== error?.message ? html`<p class="notice" role="status">${model.statusMessage}</p>` : nothing}
      ${
        this.resetAsked
          ? html`<div class="notice" role="group" aria-label="Reset?">
              <span>Forget what <span class="number">${whole(model?.step ?? 0)}</span> steps have taught it? They stay saved, in case you want them back.</span>
              <button class="confirm" @click=${this.#reset}>Forget</button>
              <button @click=${() => (this.resetAsked = false)}>Keep</button>
            </div>`
          : nothing
      }
      ${
        earlier
          ? html`<div class="notice earlier">
              <span>This model was trained here before, ${when(earlier.time)}.</span>
              <button @click=${this.#restore}>Continue from step ${whole(earlier.step)}</button>
            </div>`
          : nothing
      }
      ${this.#renderSuggestion(model)}
    `;
  }

  /** A larger model, where this device is quick enough to train it while somebody watches. */
  #renderSuggestion(model: LiveModel | undefined): TemplateResult | typeof nothing {
    const suggested = model?.backend?.suggestedPreset;
    const preset = model?.spec.preset ?? DEFAULT_PRESET;
    const settled = model?.status === 'idle' || model?.status === 'done';
    if (!model || !suggested || !settled || this.withoutSettings || this.compact || model.spec.config)
      return nothing;
    if (!isLarger(suggested, preset)) return nothing;
    const times =
      countParameters(plannedConfig({...model.spec, preset: suggested}, model)) /
      (model.facts?.parameters ?? Number.NaN);
    return html`<div class="notice">
      <span>This device is quick enough for ${PRESETS[suggested].label}, ${Math.round(times)} times as large: it tells better tales.${model.step ? ' It starts afresh.' : ''}</span>
      <button @click=${() => this.restartWith({...model.spec, preset: suggested})}>Switch to ${PRESETS[suggested].label}</button>
    </div>`;
  }

  #renderBody(model: LiveModel | undefined): TemplateResult {
    return html`${this.withoutFigures ? nothing : html`${renderFigures(model)} ${renderWay(model)}`} <slot name="chart"></slot>`;
  }

  #renderPanels(model: LiveModel | undefined): TemplateResult | typeof nothing {
    const facts = model?.facts;
    const {corpus} = facts ?? {};
    const settings = settingsInForce(model, this.wishes);
    const spec = model?.spec;
    const backend = model?.backend;
    const label = PRESETS[spec?.preset ?? DEFAULT_PRESET].label;
    const parameters = facts?.parameters ?? (model && countParameters(plannedConfig(model.spec, model)));
    return html`<div class="panels" part="panels">
      ${
        this.withoutCorpus
          ? nothing
          : this.#renderPanel(
              'corpus',
              'Text',
              corpus
                ? `${corpus.name}, ${count(corpus.characters)} characters, ${whole(corpus.trainWindows)} windows`
                : '',
              () =>
                html`${corpus ? html`<blockquote class="excerpt">${corpus.excerpt}</blockquote>` : nothing}${this.#corpus.render(model)}`,
            )
      }
      ${
        this.withoutSettings
          ? nothing
          : html`${this.#renderPanel('model', 'Model', parameters ? `${spec?.config ? '' : `${label}, `}${count(parameters)} parameters` : label, () => this.#form.render(model, settings.batchSize))}
            ${this.#renderPanel('settings', 'Settings', `${whole(settings.steps)} steps of ${settings.batchSize} windows, learning rate ${settings.learningRate}`, () => this.#settings.render(model))}`
      }
      ${
        this.withoutBackend || !backend
          ? nothing
          : this.#renderPanel('backend', 'Runs on', `${BACKENDS[backend.name]}, ${backend.description}`, () =>
              renderBackend(backend),
            )
      }
    </div>`;
  }

  /** One line that says how things stand, and opens to change them. */
  #renderPanel(panel: Panel, name: string, fact: string, content: () => TemplateResult): TemplateResult {
    const open = this.panel === panel;
    const onToggle = (event: Event) => {
      const isOpen = (event.target as HTMLDetailsElement).open;
      if (isOpen) this.panel = panel;
      else if (open) this.panel = undefined;
    };
    return html`<details .open=${open} @toggle=${onToggle}>
      <summary><span class="name">${name}</span> <span class="fact">${fact}</span></summary>
      <div class="panel">${open ? content() : nothing}</div>
    </details>`;
  }
}

define('gpt-trainer', GptTrainer);

declare global {
  interface HTMLElementTagNameMap {
    'gpt-trainer': GptTrainer;
  }
}
