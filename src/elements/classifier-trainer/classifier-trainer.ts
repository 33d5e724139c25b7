import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {LiveModel, Tune} from '../../state/index.js';
import {define} from '../../ui/base/define.js';
import {count, decimals, percent, visibleToken} from '../../ui/base/format.js';
import {GptElement} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {signedScale, textOn} from '../../viz/color.js';
import {type Attribution, attribute} from './attribution.js';
import {Classifier, type Start} from './classifier.js';
import {styles} from './classifier-trainer.styles.js';
import {drawCurves, type Metric} from './curves.js';
import {accuracy, examples, KIND_LABELS, MESSAGE_KINDS, type Messages, messagesOf} from './messages.js';
import {renderReport} from './report-view.js';

const STARTS: Readonly<Record<Start, string>> = {
  pretrained: 'the page’s pretrained model',
  random: 'random weights',
};
const TUNES: Readonly<Record<Tune, string>> = {
  head: 'the new head',
  'last-block': 'last block, norm and head',
  blocks: 'all but the embeddings',
  all: 'everything',
  lora: 'LoRA adapters and head',
};
const METRICS: readonly Metric[] = ['accuracy', 'loss'];
const CHART_HEIGHT = 200;
const REDRAW_MS = 100;

/**
 * A GPT becomes a spam filter: its head is replaced by one that scores classes, and a few hundred labeled messages train it. Shows accuracy
 * and loss while it learns, what a bag-of-words baseline makes of the same messages, and, once the test set was scored, every kind of error.
 *
 * The classifier starts from a model (`for`, an ancestor `<gpt-model>`, the page's default model), which stays as it is.
 *
 * @summary Finetunes the page's model into a spam filter, beside a baseline that only counts words.
 * @group finetuning
 * @event {CustomEvent<{name: string}>} gpt-action - The reader has pressed a button: `train`, `pause`, `resume`, `undo`, `restore`, `score`.
 * @slot lead - Replaces the sentence above.
 * @csspart lead - The sentence above.
 * @csspart kinds - The kinds of messages, with both classifiers' accuracy.
 * @csspart report - What the test set says.
 * @csspart readout - Precision, recall and F1 in words.
 * @csspart footer - Facts and the embed button.
 * @cssproperty --gpt-attention - The ROC curve.
 */
export class ClassifierTrainer extends GptElement {
  static override styles = [...GptElement.styles, styles];
  static override lead =
    'How does a writer become a spam filter? Its head, which scores every token, is replaced by one that scores two classes, and some labeled messages train it.';

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

  @state() private accessor threshold = 0.5;
  /** The classifier's probabilities on the test set, once it was scored. */
  @state() private accessor probs: number[][] | undefined;
  @state() private accessor attribution: Attribution | undefined;
  @state() private accessor problem = '';

  #messages?: Messages;
  #timer?: ReturnType<typeof setTimeout>;
  #asking?: AbortController;
  readonly #asked = new Memo();
  readonly #painted = new Memo();
  readonly #classifier = new Classifier(() => this.#soon());
  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #models = new ModelController(this, ['gpt-facts'], () => this.#forget());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asking?.abort();
    this.#classifier.dispose();
    this.#forget();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!this.#messages || changed.has('seed')) this.#messages = messagesOf(this.seed);
    if (this.hasUpdated && ['start', 'tune', 'seed'].some((name) => changed.has(name))) {
      this.#classifier.dispose();
      this.#forget();
    }
  }

  #forget(): void {
    this.probs = this.attribution = undefined;
    this.problem = '';
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.requestUpdate();
    }, REDRAW_MS);
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
      this.problem = (error as Error).message;
    }
    this.requestUpdate();
  }

  #train = (): Promise<void> =>
    this.#act('train', async () => {
      const base = this.#models.model;
      if (!base) throw new Error(this.#models.problem);
      const model = this.#model ?? this.#classifier.make(base, await base.ready, this);
      this.requestUpdate();
      await model.ready;
      this.probs = undefined;
      await model.train(this.steps ? {steps: this.steps} : {});
    });

  #undo = (): Promise<void> =>
    this.#act('undo', async () => {
      this.#forget();
      await this.#model!.stop();
      await this.#model!.reset();
    });

  #score = (): Promise<void> =>
    this.#act('score', async () => {
      const {test} = this.#messages!;
      this.probs = await this.#model!.classify({texts: test.map(({text}) => text)});
    });

  /** Classifies the reader's message again when it, or the weights, changed. */
  protected override updated(): void {
    this.#paint();
    const model = this.#model;
    if (!model?.facts || model.status === 'training' || !this.text.trim()) return;
    if (!this.#asked.changed(model, model.step, model.status, this.text)) return;
    this.#asking?.abort();
    const {signal} = (this.#asking = new AbortController());
    attribute(model, this.text, signal).then(
      (attribution) => {
        if (!signal.aborted) this.attribution = attribution;
      },
      (error: Error) => {
        if (!signal.aborted) this.problem = error.message;
      },
    );
  }

  #paint(): void {
    const evals = this.#model?.history.evals ?? [];
    if (evals.length === 0) return;
    const steps = this.#steps;
    const {theme} = this.#colors;
    const width = this.#chartWidth;
    if (width <= 0 || !this.#painted.changed(evals.length, evals.at(-1)!.step, steps, theme, width)) return;
    for (const metric of METRICS) {
      const canvas = this.renderRoot.querySelector<HTMLCanvasElement>(`canvas[data-metric="${metric}"]`);
      if (canvas) drawCurves(new CanvasSurface(canvas, width, CHART_HEIGHT), metric, evals, steps, theme);
    }
  }

  get #steps(): number {
    return this.steps ?? this.#model?.facts?.training.steps ?? 1;
  }

  get #chartWidth(): number {
    const {width} = this.#size;
    return width > 700 ? (width - 16) / 2 : width;
  }

  protected override facts(): string {
    return modelFacts(this, this.#model ?? this.#models.model);
  }

  protected override renderBody(): TemplateResult {
    return html`
      ${this.withoutControls ? nothing : this.#renderControls()}
      ${this.problem || this.#model?.error ? renderProblem(this.problem || this.#model!.error!.message) : nothing}
      ${this.#renderProgress()} ${this.#renderCharts()} ${this.#renderKinds()} ${this.#renderScore()} ${this.#renderTry()}
    `;
  }

  #renderControls(): TemplateResult {
    const model = this.#model;
    const busy = model?.status === 'training' || model?.status === 'loading';
    const choose =
      <K extends 'start' | 'tune'>(name: K) =>
      (event: Event) =>
        (this[name] = (event.target as HTMLSelectElement).value as this[K]);
    const options = (labels: Readonly<Record<string, string>>, chosen: string) =>
      Object.entries(labels).map(
        ([value, label]) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`,
      );
    return html`<div class="controls">
      <label>Start from <select ?disabled=${busy} @change=${choose('start')}>${options(STARTS, this.start)}</select></label>
      <label>Train <select ?disabled=${busy} @change=${choose('tune')}>${options(TUNES, this.tune)}</select></label>
      ${this.#renderButtons()}
    </div>`;
  }

  #renderButtons(): TemplateResult {
    const model = this.#model;
    const status = model?.status;
    if (status === 'training')
      return html`<button class="primary" @click=${() => this.#act('pause', () => model!.pause())}>Pause</button>`;
    const undo =
      model && model.step > 0 ? html`<button @click=${this.#undo}>Undo the finetuning</button>` : nothing;
    if (status === 'paused')
      return html`<button class="primary" @click=${() => this.#act('resume', () => model!.resume())}>Resume</button>${undo}`;
    const restore =
      model?.savedFact && model.step === 0
        ? html`<button @click=${() => this.#act('restore', () => model.restore())}>
            Continue from step ${model.savedFact.step}
          </button>`
        : nothing;
    return html`<button class="primary" ?disabled=${status === 'loading' || status === 'done'} @click=${this.#train}>
        Train the spam filter</button
      >${restore}${undo}`;
  }

  #renderProgress(): TemplateResult {
    const model = this.#model;
    const facts = model?.facts?.classification;
    if (!model || !facts) {
      const {train, validation, test} = this.#messages!;
      return html`<p class="facts" role="status">
        ${model?.loading?.message ?? `${train.length} messages to train on, ${validation.length} to watch, ${test.length} for the test. Half are spam.`}
      </p>`;
    }
    const share = facts.trainable / facts.parameters;
    return html`<p class="facts" role="status">
      <progress max=${this.#steps} .value=${model.step} aria-label="Training"></progress>
      Step ${model.step} of ${this.#steps}. ${count(facts.trainable)} of ${count(facts.parameters)} parameters
      (${percent(share)}) are trained.${facts.cut ? ` ${facts.cut} messages are longer than the context and lose their end.` : ''}
    </p>`;
  }

  #renderCharts(): TemplateResult | typeof nothing {
    const last = this.#model?.history.evals.at(-1);
    if (!last) return nothing;
    const width = Math.max(0, this.#chartWidth);
    return html`<div class="charts">
      ${METRICS.map(
        (metric) =>
          html`<canvas
            data-metric=${metric}
            role="img"
            aria-label="${metric} at step ${last.step}: training ${decimals(last.train[metric]!, 3)}, validation ${decimals(last.validation[metric]!, 3)}"
            .style="width: ${width}px; height: ${CHART_HEIGHT}px"
          ></canvas>`,
      )}
    </div>`;
  }

  #renderKinds(): TemplateResult {
    const {test, bagProbs, classes} = this.#messages!;
    const {probs} = this;
    const share = (
      rows: readonly (readonly number[])[] | undefined,
      kind?: (typeof MESSAGE_KINDS)[number],
    ) => (rows ? tenths(accuracy(test, rows, kind)) : '?');
    const verdict = (row: readonly number[] | undefined, label: number) => {
      if (!row) return html`<td>?</td>`;
      const called = row.indexOf(Math.max(...row));
      return html`<td class="verdict ${called === label ? '' : 'wrong'}">
        ${classes[called]}${called === label ? '' : ' (wrong)'}
      </td>`;
    };
    const shown = examples(test);
    return html`<div class="frame" tabindex="0" role="region" aria-label="Test messages by kind"><table class="kinds" part="kinds">
      <thead>
        <tr>
          <th scope="col">Test messages</th>
          <th scope="col">is</th>
          <th scope="col">bag of words</th>
          <th scope="col">GPT</th>
        </tr>
      </thead>
      ${MESSAGE_KINDS.map(
        (kind) => html`<tbody>
          <tr class="total">
            <th scope="rowgroup">${KIND_LABELS[kind]}</th>
            <td></td>
            <td class="number">${share(bagProbs, kind)}</td>
            <td class="number">${share(probs, kind)}</td>
          </tr>
          ${shown
            .filter(({message}) => message.kind === kind)
            .map(
              ({message, index}) => html`<tr>
                <td class="message">${message.text}</td>
                <td>${classes[message.label]}</td>
                ${verdict(bagProbs[index], message.label)} ${verdict(probs?.[index], message.label)}
              </tr>`,
            )}
        </tbody>`,
      )}
      <tfoot>
        <tr class="total">
          <th scope="row">All ${test.length}</th>
          <td></td>
          <td class="number">${share(bagProbs)}</td>
          <td class="number">${share(probs)}</td>
        </tr>
      </tfoot>
    </table></div>`;
  }

  #renderScore(): TemplateResult | typeof nothing {
    if (this.probs)
      return renderReport({
        messages: this.#messages!,
        probs: this.probs,
        threshold: this.threshold,
        setThreshold: (threshold) => (this.threshold = threshold),
      });
    if (this.#model?.status !== 'done') return nothing;
    return html`<p>
      <button class="primary" @click=${this.#score}>Score the test set</button> Once, at the end: whoever tunes on it tests
      nothing.
    </p>`;
  }

  #renderTry(): TemplateResult {
    const {classes} = this.#messages!;
    const found = this.#model ? this.attribution : undefined;
    return html`<div class="controls try">
        <label for="message">Your message</label>
        <input
          id="message"
          .value=${this.text}
          @input=${(event: Event) => (this.text = (event.target as HTMLInputElement).value)}
        />
      </div>
      ${found ? this.#renderAttribution(found, classes) : html`<p>Train the filter, then see what it makes of this message.</p>`}`;
  }

  #renderAttribution({tokens, probs, effects}: Attribution, classes: readonly string[]): TemplateResult {
    const {theme} = this.#colors;
    const scale = signedScale(theme, Math.max(1, ...effects.map(Math.abs)));
    const p = probs.at(-1)!;
    return html`<p>
        ${classes[1]} with probability <b class="number">${decimals(p, 3)}</b>. Colors show what each token adds: the
        logit without it is compared. Orange speaks for ${classes[1]}, teal for ${classes[0]}.
      </p>
      <div class="chips">
        ${tokens.map((token, i) => {
          const color = scale.color(effects[i]!);
          return html`<span
            title="${effects[i]! < 0 ? '−' : '+'}${decimals(Math.abs(effects[i]!), 2)}"
            .style="background: ${color}; color: ${textOn(color, theme)}"
            >${visibleToken(token)}</span
          >`;
        })}
      </div>`;
  }
}

/** 0.9975 → “99.8 %”: one error of 400 must not read as none. */
const tenths = (share: number): string =>
  share === 1 ? '100 %' : `${decimals(Math.min(100 * share, 99.9), 1)} %`;

define('classifier-trainer', ClassifierTrainer);

declare global {
  interface HTMLElementTagNameMap {
    'classifier-trainer': ClassifierTrainer;
  }
}
