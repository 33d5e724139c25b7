import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {CorpusSpec, LiveModel, ModelSpec, TrainingOptions} from '../../state/index.js';
import {define} from '../../ui/base/define.js';
import {type FooterOptions, GptElement} from '../../ui/base/gpt-element.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {VisibleController} from '../../ui/base/visible-controller.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {startWhenIdle} from '../../ui/model/start-when-idle.js';
import {renderActions} from './actions.js';
import {lossesInWords, statusInWords} from './announcements.js';
import {recallHidden, rememberHidden} from './bar-memory.js';
import {renderBar} from './bar-view.js';
import {codePieces} from './code-pieces.js';
import {CorpusForm, type CorpusHost} from './corpus-form.js';
import {recordedRunOf, renderFigures, renderWay} from './figures.js';
import {styles} from './gpt-trainer.styles.js';
import {ModelForm, type ModelHost} from './model-form.js';
import {renderNotices} from './notices.js';
import {type PanelName, renderPanels} from './panels.js';
import {renderProgress} from './progress.js';
import type {Remedy} from './remedy.js';
import {RunControl} from './run-control.js';
import {RunCurve} from './run-curve.js';
import {renderSample} from './samples.js';
import {given} from './settings.js';
import {SettingsForm, type SettingsHost} from './settings-form.js';

/** So many steps are worth a question before they are thrown away. */
const ASK_FROM_STEP = 50;
/** Milliseconds between two redraws while steps come in: figures that change faster cannot be read. */
const REDRAW_MS = 200;

/** Training options that are attributes. */
const OPTIONS = [
  'steps',
  'batchSize',
  'learningRate',
  'warmupSteps',
  'weightDecay',
  'clipNorm',
  'dropRate',
  'evalInterval',
  'sampleInterval',
  'samplePrompt',
  'sampleTokens',
  'kernels',
  'precision',
] as const satisfies readonly (keyof TrainingOptions)[];

/**
 * How does a model learn? Starts, pauses and steps the training of a model, and shows how far it has come: in numbers,
 * and in what it writes. Training goes on while the element is off-screen.
 *
 * @summary Trains a model and shows it learn: progress, losses, samples from gibberish to tales.
 * @group training
 * @event {CustomEvent<{name: string}>} gpt-action - The reader pressed a button (`train`, `pause`, `resume`, `step`, `stop`, `reset`, `restore`, `restart`) or changed a setting (`settings`).
 * @slot lead - Replaces the sentence above.
 * @slot chart - Replaces the curve of the run, e.g. by a `<loss-chart>`.
 * @csspart lead - The sentence above.
 * @csspart actions - The buttons.
 * @csspart bar - All of it, where it is a bar.
 * @csspart progress - The progress bar and its words.
 * @csspart curve - The losses of the run, and what the model wrote on the way.
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
  static override lead =
    'How does a model learn? It reads a piece of text, predicts every next token, and is nudged toward what really came. Thousands of such steps make it a storyteller.';

  /** One button, one line of progress, one sample: for the margin of a text. */
  @property({type: Boolean, reflect: true}) accessor compact = false;
  /** One line that stays at the lower end of the screen: button, loss and its curve, step, newest sample. The reader can hide it, which is remembered. */
  @property({type: Boolean, reflect: true}) accessor bar = false;
  /** Starts the engine at the first press and not when this comes on screen: nothing is downloaded before. */
  @property({type: Boolean, reflect: true, attribute: 'on-demand'}) accessor onDemand = false;
  /** Leaves out the settings. */
  @property({type: Boolean, reflect: true, attribute: 'without-settings'}) accessor withoutSettings = false;
  /** Leaves out the choice of a text. */
  @property({type: Boolean, reflect: true, attribute: 'without-corpus'}) accessor withoutCorpus = false;
  /** Leaves out what the model writes. */
  @property({type: Boolean, reflect: true, attribute: 'without-sample'}) accessor withoutSample = false;
  /** Leaves out the curve, the numbers and the way to the best loss. */
  @property({type: Boolean, reflect: true, attribute: 'without-figures'}) accessor withoutFigures = false;
  /** Leaves out what runs the model and why. */
  @property({type: Boolean, reflect: true, attribute: 'without-backend'}) accessor withoutBackend = false;
  /** Leaves out the button for a single step. */
  @property({type: Boolean, reflect: true, attribute: 'without-step'}) accessor withoutStep = false;
  /** Leaves out the buttons that end the run and forget what was learned. */
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
  /** Longer gradients are scaled down to this length; 0 allows any. */
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

  /** `reference` computes every step in plain TensorFlow.js operations, also where planned WebGPU kernels could. */
  @property({reflect: true}) accessor kernels: TrainingOptions['kernels'] | undefined;
  /** `mixed` keeps what planned WebGPU kernels save for the backward pass in 16 bits, where the device computes that well enough. */
  @property({reflect: true}) accessor precision: TrainingOptions['precision'] | undefined;

  @state() private accessor resetAsked = false;
  /** The sample on show; `undefined` follows the newest. */
  @state() private accessor sampleChosen: number | undefined;
  @state() private accessor panel: PanelName | undefined;
  @state() private accessor announcement = '';
  /** Whether the reader has hidden the bar. */
  @state() private accessor barHidden = false;

  #redrawTimer?: ReturnType<typeof setTimeout>;
  #following?: AbortController;
  readonly #control = this.#newControl();
  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #curve = new RunCurve();
  readonly #settings = new SettingsForm(this);
  readonly #form = new ModelForm(this);
  readonly #corpus = new CorpusForm(this);
  readonly #visible = new VisibleController(this, (visible) => visible && this.#open());
  readonly #models = new ModelController(
    this,
    ['gpt-status', 'gpt-sample', 'gpt-error', 'gpt-facts', 'gpt-saved', 'gpt-loading'],
    (model) => this.#follow(model),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.barHidden = recallHidden();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#redrawTimer);
    this.#redrawTimer = undefined;
  }

  /** @internal */
  get requestedOptions(): Partial<TrainingOptions> {
    return this.#control.requestedOptions;
  }

  /** @internal */
  setOption(change: Partial<TrainingOptions>): void {
    this.#control.setOption(change);
  }

  /** @internal */
  restartWith(spec: ModelSpec): void {
    this.panel = undefined;
    this.#control.restartWith(spec);
  }

  /** @internal */
  learnFrom(corpus: CorpusSpec): void {
    const {model} = this.#control;
    if (model) this.restartWith({...model.spec, corpus});
  }

  /** @internal */
  get takesCorpus(): boolean {
    return !this.withoutCorpus && !this.#isSmall;
  }

  /** @internal */
  showCorpus(): void {
    this.panel = 'corpus';
  }

  #newControl(): RunControl {
    const host = this;
    return new RunControl({
      get attributes() {
        return host.#attributes;
      },
      requestUpdate: () => this.requestUpdate(),
      onAction: (name) => {
        this.resetAsked = false;
        this.requestUpdate();
        this.emit('gpt-action', {name});
      },
    });
  }

  get #attributes(): Partial<TrainingOptions> {
    return given(Object.fromEntries(OPTIONS.map((name) => [name, this[name]])));
  }

  #follow(model: LiveModel | undefined): void {
    this.#control.follow(model);
    this.#following?.abort();
    this.resetAsked = false;
    this.sampleChosen = undefined;
    if (!model) return;
    this.#following = new AbortController();
    const {signal} = this.#following;
    model.addEventListener('gpt-step', this.#redrawSoon, {signal});
    const announce = (inWords: (model: LiveModel) => string | undefined) => () => {
      this.announcement = inWords(model) ?? this.announcement;
      this.requestUpdate();
    };
    model.addEventListener('gpt-eval', announce(lossesInWords), {signal});
    model.addEventListener('gpt-status', announce(statusInWords), {signal});
    if (this.#visible.visible) this.#open();
  }

  /** Opens the model as soon as the reader sees this: its size, its text and an earlier run can then be shown. */
  #open(): void {
    const {model} = this.#control;
    if (!model || this.onDemand) return;
    model.ready.then(
      () => startWhenIdle(model),
      () => {}, // The model's own error is shown.
    );
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.hasUpdated) {
      const options = OPTIONS.filter((name) => changed.has(name));
      if (options.length) this.#control.attributesChanged(options);
    }
    this.#control.lookForEarlier();
  }

  #redrawSoon = (): void => {
    this.#redrawTimer ??= setTimeout(() => {
      this.#redrawTimer = undefined;
      this.requestUpdate();
    }, REDRAW_MS);
  };

  #onReset = (): void => {
    if ((this.#control.model?.step ?? 0) > ASK_FROM_STEP) this.resetAsked = true;
    else void this.#control.reset();
  };

  #help = (remedy: Remedy): void => {
    if (remedy.act === 'corpus') this.showCorpus();
    else this.#control.help(remedy);
  };

  protected override facts(): string {
    return this.#isSmall || this.withoutBackend ? modelFacts(this, this.#control.model) : '';
  }

  protected override footer(): FooterOptions {
    const {model} = this.#control;
    if (this.#isSmall) return {};
    const hasRun = model && (model.step > 0 || model.recordedRun);
    return {
      snippet: codePieces(model?.facts?.kernels),
      picture: hasRun ? () => this.#curve.picture(model, this.#colors.theme, this.#size.width) : undefined,
    };
  }

  protected override updated(): void {
    this.toggleAttribute('data-hidden', this.bar && this.barHidden);
    const {model} = this.#control;
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('canvas.curve');
    // Without a size where the page has put a chart in its place.
    if (canvas?.clientWidth && model)
      void this.#curve.paint(canvas, model, this.#colors.theme, this.#size.width);
  }

  /** Whether there is no room for settings and numbers. */
  get #isSmall(): boolean {
    return this.compact || this.bar;
  }

  #collapse = (hidden: boolean): void => {
    this.barHidden = hidden;
    rememberHidden(hidden);
  };

  #renderNotices(): TemplateResult {
    const control = this.#control;
    return renderNotices({
      control,
      unfound: this.#models.problem,
      retry: this.#models.retry,
      resetAsked: this.resetAsked,
      answer: (forget) => (forget ? void control.reset() : (this.resetAsked = false)),
      takesCorpus: this.takesCorpus,
      suggests: !this.#isSmall && !this.withoutSettings,
      help: this.#help,
    });
  }

  #renderBar(): TemplateResult {
    return html`
      ${renderBar({
        control: this.#control,
        withReset: !this.withoutReset,
        reset: this.#onReset,
        isCollapsed: this.barHidden,
        collapse: this.#collapse,
        notices: this.#renderNotices(),
      })}
      <div class="visually-hidden" role="status">${this.announcement}</div>
    `;
  }

  protected override renderBody(): TemplateResult {
    if (this.bar) return this.#renderBar();
    const control = this.#control;
    const {model} = control;
    const {compact} = this;
    const withReset = !this.withoutReset && !compact;
    const samples = (recordedRunOf(model) ?? model?.history)?.samples ?? [];
    return html`
      ${renderActions({control, withStep: !this.withoutStep, withStop: withReset, withReset, reset: this.#onReset})}
      ${renderProgress(model, control.settings.steps, compact)}
      ${this.#renderNotices()}
      ${compact ? nothing : html`<slot name="chart">${this.withoutFigures ? nothing : html`<canvas class="curve" part="curve" aria-hidden="true"></canvas>`}</slot>`}
      ${compact || this.withoutFigures ? nothing : html`${renderFigures(model)} ${renderWay(model)}`}
      ${
        this.withoutSample
          ? nothing
          : renderSample(
              {
                samples,
                isRecorded: samples === model?.recordedRun?.samples,
                chosen: this.sampleChosen,
                choose: (index) => (this.sampleChosen = index),
              },
              !compact,
            )
      }
      ${
        compact
          ? nothing
          : renderPanels({
              control,
              open: this.panel,
              choose: (name) => (this.panel = name),
              corpus: this.withoutCorpus ? undefined : this.#corpus,
              forms: this.withoutSettings ? undefined : {model: this.#form, settings: this.#settings},
              withBackend: !this.withoutBackend,
            })
      }
      <div class="visually-hidden" role="status">${this.announcement}</div>
      ${this.#corpus.dragging ? html`<div class="drop" aria-hidden="true">Drop a text to learn from it</div>` : nothing}
    `;
  }
}

define('gpt-trainer', GptTrainer);

declare global {
  interface HTMLElementTagNameMap {
    'gpt-trainer': GptTrainer;
  }
}
