import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {SPAM_CLASSES} from '../../data/spam-ham/index.js';
import type {LabeledSpec, LiveModel, Tune} from '../../state/index.js';
import {announceLearner, type LabeledData, labeledOf} from '../../state/labeled-data.js';
import {define} from '../../ui/base/define.js';
import {errorWords} from '../../ui/base/error-words.js';
import {type FooterOptions, GptElement} from '../../ui/base/gpt-element.js';
import {Loaded} from '../../ui/base/loaded.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {ModelController} from '../../ui/model/model-controller.js';
import type {Actions, BodyProps} from './body-props.js';
import {Classifier, type Start} from './classifier.js';
import {styles} from './classifier-trainer.styles.js';
import {loadRecorded} from './load-recorded.js';
import {chosenFile, type FromFile, loadFile, undoLoading} from './loaded-file.js';
import {type Messages, messagesOf} from './messages.js';
import {Readings} from './readings.js';
import {type CurvePoint, isRecorded, type RecordedRun} from './recorded.js';
import {type Asked, rememberedStep, rememberRun, runName} from './saved-runs.js';

/**
 * A GPT becomes a spam filter: its head is replaced by one that scores classes, and a few hundred labeled messages train it. Shows accuracy
 * and loss while it learns, what a bag-of-words baseline makes of the same messages, and, once the test set was scored, every kind of error.
 * Until the reader trains, it shows a recorded run, marked as such.
 *
 * The classifier starts from a model (`for`, an ancestor `<gpt-model>`, the page's default model), which stays as it is.
 *
 * @summary Finetunes the page's model into a spam filter, beside a baseline that only counts words.
 * @group finetuning
 * @event {CustomEvent<{name: string}>} gpt-action - The reader has pressed a button: `train`, `pause`, `resume`, `undo`, `restore`, `score`, `export`, `load`.
 * @slot lead - Replaces the sentence above.
 * @csspart lead - The sentence above.
 * @csspart head - The change of heads, with a message's real numbers.
 * @csspart pair - Two messages with the same words in two orders.
 * @csspart kinds - The kinds of messages, with both classifiers' accuracy.
 * @csspart report - What the test set says.
 * @csspart readout - Precision, recall and F1 in words.
 * @csspart footer - Facts and the embed button.
 * @cssproperty --gpt-attention - The ROC curve.
 */
export class ClassifierTrainer extends GptElement {
  static override styles = [...GptElement.styles, styles];
  static override lead =
    'How does a language model become a spam filter? The GPT’s head, which scores every token, is replaced by one that scores two classes, and some labeled messages train it.';

  protected override lead(): string {
    const {length} = this.#data?.classes ?? SPAM_CLASSES;
    const {lead} = ClassifierTrainer;
    return length === 2
      ? lead
      : lead.replace('two classes', `${length} classes`).replace('spam filter', 'classifier');
  }

  /** What the classifier starts from: `pretrained`, the weights of the page's model, or `random`. */
  @property({reflect: true}) accessor start: Start = 'pretrained';
  /** What is trained: `head`, `last-block`, `blocks`, `all` or `lora`. */
  @property({reflect: true}) accessor tune: Tune = 'blocks';
  /** Fixes the messages, the head's first weights and the batches. */
  @property({type: Number, reflect: true}) accessor seed = 1;
  /** Training steps. Default: what suits the data. */
  @property({type: Number, reflect: true}) accessor steps: number | undefined;
  /** The message to classify. */
  @property({reflect: true}) accessor text = 'You see the cake after you pay me.';
  /** Leaves out the choices and the buttons. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Labeled texts to learn from: `{name, classes, train, validation, test}`. Default: what the model was given by a `<data-splitter>`, else generated messages. */
  @property({attribute: false}) accessor data: LabeledData | undefined;

  @state() private accessor threshold = 0.5;
  /** The class that the threshold asks for. */
  @state() private accessor label = 1;
  /** Whether all wrong messages are listed. */
  @state() private accessor allErrors = false;
  /** The classifier's probabilities on the test set, once it was scored. */
  @state() private accessor probs: number[][] | undefined;
  /** A run that was computed earlier, once it is loaded. */
  @state() private accessor recording: RecordedRun | undefined;
  @state() private accessor recordingSought = false;
  /** The file that the reader's classifier came from. */
  @state() private accessor fromFile: FromFile | undefined;
  @state() private accessor problem = '';

  #views?: typeof import('./views.js');
  #recordingAsked = false;
  readonly #noted = new Memo();
  readonly #painted = new Memo();
  readonly #learnedFrom = new Memo();
  readonly #classifier = new Classifier(() => this.requestUpdate());
  readonly #readings = new Readings(() => this.requestUpdate());
  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-labeled'], (model) => this.#follow(model));
  readonly #read = new Loaded<{seed: number; data: LabeledData | undefined}, Messages>(this, {
    request: () => ({seed: this.seed, data: this.#data}),
    load: messagesOf,
  });

  /** The model that was followed last. */
  #base?: LiveModel;
  /** The height of what is shown, kept while other messages are read. At first nearly that of what comes. */
  #kept = '60rem';
  /** Whether the reader is being led here. */
  #leads = false;

  #follow(model: LiveModel | undefined): void {
    if (this.#base) announceLearner(this.#base, undefined);
    if (model) announceLearner(model, () => this.#show());
    this.#base = model;
    this.#forget();
  }

  /** Leads the reader here, and again once the texts were read, which moves what is seen. */
  #show(): void {
    this.#leads = true;
    this.scrollIntoView();
    this.requestUpdate();
  }

  #lead(): void {
    if (!this.#leads || !this.#isSettled) return;
    this.#leads = false;
    this.scrollIntoView();
    this.renderRoot.querySelector<HTMLElement>('button.primary')?.focus({preventScroll: true});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move in the document connects it again before the microtask.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#readings.stop();
      this.#drop();
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const body = this.renderRoot?.querySelector<HTMLElement>('.body');
    if (body && !this.#isSettled && !body.querySelector('.waiting')) this.#kept = `${body.offsetHeight}px`;
    const isOther =
      this.#learnedFrom.changed(this.#data, this.#models.model?.spec.checkpoint) ||
      ['start', 'tune', 'seed'].some((name) => changed.has(name));
    if (this.hasUpdated && isOther) this.#drop();
    if (!this.#recordingAsked && this.#read.visible) {
      this.#recordingAsked = true;
      void this.#loadViews();
    }
  }

  #loadViews = async (): Promise<void> => {
    this.problem = '';
    const recording = loadRecorded().catch(() => undefined); // the element is whole without it
    try {
      this.#views = await import('./views.js');
      this.recording = await recording;
      this.recordingSought = true;
    } catch (error) {
      this.problem = errorWords(error as Error);
    }
  };

  get #asks(): Asked {
    const {start, tune, seed, steps} = this;
    return {start, tune, seed, steps};
  }

  /** The recorded run, where it is the one that the reader would get and has not begun. */
  get #recorded(): RecordedRun | undefined {
    const {recording} = this;
    if (!recording || this.#model || this.#data) return undefined;
    return isRecorded(this.#asks, recording, this.#models.model) ? recording : undefined;
  }

  /** Of the test set, [texts][K]. */
  get #probs(): readonly (readonly number[])[] | undefined {
    return this.probs ?? this.#recorded?.spam.map((p) => [1 - p, p]);
  }

  get #evals(): readonly CurvePoint[] {
    return this.#model?.history.evals ?? this.#recorded?.evals ?? [];
  }

  /** Under which the browser remembers that there is a saved run. */
  get #runName(): string | undefined {
    const {model} = this.#models;
    return model && runName(model, this.#asks, this.#data);
  }

  /** The labeled texts of the page or the reader; undefined: generated messages. */
  get #data(): LabeledData | undefined {
    return this.data ?? labeledOf(this.#models.model);
  }

  /** What the classifier learns from, for the engine, which has no use for the test set. */
  get #learned(): LabeledSpec | undefined {
    const {name, classes, train, validation} = this.#data ?? {};
    return classes && {kind: 'texts', name, classes, train: train!, validation: validation!};
  }

  /** The messages, once those that are meant were read: until then, it still holds the former ones. */
  get #messages(): Messages | undefined {
    const {data} = this.#read;
    return data && data.given === this.#data ? data : undefined;
  }

  /** Ends the reader's classifier. */
  #drop(): void {
    this.#classifier.dispose();
    this.fromFile = undefined;
    this.#forget();
  }

  #forget(): void {
    this.probs = undefined;
    this.allErrors = false;
    this.label = 1;
    this.problem = '';
    this.#readings.forget();
  }

  get #model(): LiveModel | undefined {
    return this.#classifier.model;
  }

  /** Runs what a button asks for; what goes wrong is shown. */
  async #act(name: string, work: () => Promise<unknown>): Promise<void> {
    this.problem = '';
    this.emit('gpt-action', {name});
    try {
      await work();
    } catch (error) {
      this.problem = errorWords(error as Error);
    }
    this.requestUpdate();
  }

  /** The reader's classifier, made where there is none yet. */
  async #ready(): Promise<LiveModel> {
    const base = this.#models.model;
    if (!base) throw new Error(this.#models.problem);
    const {start, tune, seed} = this;
    const classes = this.#data?.classes ?? SPAM_CLASSES;
    const choice = {start, tune, seed, data: this.#learned, classes};
    const model = this.#model ?? this.#classifier.make(base, await base.ready, choice);
    this.requestUpdate();
    await model.ready;
    return model;
  }

  /** What the buttons do. */
  readonly #actions: Actions = {
    pause: () => this.#act('pause', () => this.#model!.pause()),
    resume: () => this.#act('resume', () => this.#model!.resume()),
    train: () =>
      this.#act('train', async () => {
        const model = await this.#ready();
        this.probs = undefined;
        await model.train(this.steps ? {steps: this.steps} : {});
      }),
    // Takes the saved run up again, also after a reload.
    restore: () =>
      this.#act('restore', async () => {
        const model = await this.#ready();
        if ((await model.saved())?.step) await model.restore();
        else rememberRun(this.#runName!, undefined); // the browser has deleted it
      }),
    undo: () =>
      this.#act('undo', async () => {
        const model = this.#model!;
        this.#forget();
        await model.stop();
        await model.reset();
        if (!this.fromFile) rememberRun(this.#runName!, undefined);
        await model.discard();
      }),
    load: (event) =>
      this.#act('load', async () => {
        const file = chosenFile(event);
        if (!file) return;
        const loaded = await loadFile(file, this.#classifier, () => this.#ready(), this.fromFile);
        this.#forget();
        this.fromFile = loaded;
      }),
    unload: () =>
      this.#act('undo', async () => {
        const loaded = this.fromFile!;
        this.#forget();
        this.fromFile = loaded.earlier;
        await undoLoading(loaded, this.#classifier);
      }),
    score: () =>
      this.#act('score', async () => {
        const {test} = this.#messages!;
        this.probs = await this.#model!.classify({texts: test.map(({text}) => text)});
      }),
    exportModel: () =>
      this.#act('export', async () => {
        const {download} = await import('../../ui/export/download.js');
        const model = this.#model!;
        download(await model.saveFile({format: 'script'}), `${model.name}.zip`);
      }),
  };

  /** Classifies the reader's message again when it, or the weights, changed. */
  protected override updated(): void {
    this.#lead();
    const model = this.#model;
    const saved = model?.savedFact?.step;
    if (saved && !this.fromFile && this.#noted.changed(model, saved)) rememberRun(this.#runName!, saved);
    const messages = this.#messages;
    if (!this.#views || !messages) return;
    const props = this.#bodyProps(messages);
    this.#views.paintCharts(this.renderRoot, props, this.#painted);
    this.#readings.ask(this.#views, props);
  }

  get #steps(): number {
    return this.steps ?? this.#model?.facts?.training.steps ?? this.#recorded?.steps ?? 1;
  }

  get #chartWidth(): number {
    const {width} = this.#size;
    return width > 700 ? (width - 16) / 2 : width;
  }

  protected override facts(): string {
    return modelFacts(this, this.#model ?? this.#models.model);
  }

  protected override footer(): FooterOptions {
    const messages = this.#messages;
    if (!this.#views || !messages || this.#data) return {};
    const {gpt, ...props} = this.#views.pairProps(this.#bodyProps(messages));
    if (!gpt) return {};
    return {
      picture: async () =>
        (await import('./pair-picture.js')).pairPicture({...props, gpt}, this.#size.width || 720),
    };
  }

  protected override renderBody(): TemplateResult {
    return html`<div class="body">
      ${this.#isSettled ? this.#views!.renderBody(this.#bodyProps(this.#messages!)) : html`${this.#problem ? renderProblem(this.#problem, this.#views ? undefined : this.#loadViews) : nothing}<div class="waiting" role="status" .style="min-height: ${this.#kept}">Reading the messages …</div>`}
    </div>`;
  }

  get #problem(): string | undefined {
    return this.problem || this.#model?.error?.message;
  }

  /** Whether it is known what to show first, so that nothing moves later. */
  get #isSettled(): boolean {
    const {model, problem} = this.#models;
    return this.#messages !== undefined && this.recordingSought && !!(model ?? problem);
  }

  #bodyProps(messages: Messages): BodyProps {
    const model = this.#model;
    const {start, tune, text, label, threshold, allErrors, withoutControls, fromFile} = this;
    const saved = model
      ? model.step === 0
        ? model.savedFact?.step
        : 0
      : rememberedStep(this.#runName ?? '');
    return {
      base: this.#models.model,
      model,
      messages,
      readings: this.#readings,
      recorded: this.#recorded,
      evals: this.#evals,
      steps: this.#steps,
      probs: this.#probs,
      start,
      tune,
      text,
      saved,
      file: fromFile?.name,
      hasOwnData: !!this.#data,
      isFinished: this.#classifier.isFinished(this.#steps),
      isUntrained: this.#classifier.isUntrained,
      problem: this.#problem,
      withoutControls,
      chartWidth: this.#chartWidth,
      theme: this.#colors.theme,
      report: {label, threshold, allErrors},
      change: (changed) => void Object.assign(this, changed),
      on: this.#actions,
    };
  }
}

define('classifier-trainer', ClassifierTrainer);

declare global {
  interface HTMLElementTagNameMap {
    'classifier-trainer': ClassifierTrainer;
  }
}
