import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import {type FooterOptions, GptElement, type Picture} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {keyTarget, sliderTargets} from '../../ui/base/stepping.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {VisibleController} from '../../ui/base/visible-controller.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {
  isEmpty,
  type LossCurves,
  type LossHistory,
  lossCurves,
  nearest,
  type Reading,
  readingAt,
  type Sample,
  type XKind,
  type YKind,
} from '../../ui/views/loss/loss-curves.js';
import {lossChart, yValue} from '../../ui/views/loss/loss-picture.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {chartFrame, drawCursor, drawLines, type LineChart} from '../../viz/lines.js';
import {picture} from '../../viz/picture.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import {styles} from './loss-chart.styles.js';
import {renderControls, renderPins} from './loss-controls.js';
import {historyRows, notable, readingText, renderTable, samplesInWords} from './loss-words.js';

const NO_HISTORY: LossHistory = {steps: [], evals: []};
/** At most ten pictures a second, however fast the steps come. */
const REDRAW_MS = 100;
/** The size of the exported picture in pixels, where the chart is not narrower. */
const PICTURE = {width: 720, height: 400};
/** A click as near as this to a pin takes it away. */
const PIN_REACH = 6;

const pinsFromAttribute = (value: string | null): number[] =>
  (value ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number)
    .filter(Number.isFinite);

/**
 * Is it learning, and is it overfitting? Training and validation loss of a run while it goes, between what guessing
 * gives (ln V) and the floor: the best there can be.
 *
 * Shows `history` set as a property, else that of a model (`for`, an ancestor `<gpt-model>`, the page's default model).
 * Starts nothing by itself.
 *
 * @summary Training and validation loss, live, between guessing and the floor.
 * @group training
 * @event {CustomEvent<{pins: number[]}>} gpt-pins - The reader has set or removed a pin.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart chart - The drawing.
 * @csspart readout - The line that says what is notable or pointed at.
 * @csspart pins - The pinned readings.
 * @csspart footer - Facts, code, export.
 * @cssproperty --gpt-train - Training loss.
 * @cssproperty --gpt-validation - Validation loss.
 * @cssproperty --gpt-floor - The best loss there can be.
 */
export class LossChart extends GptElement {
  static override styles = [...GptElement.styles, styles];
  static override lead =
    'How surprised is the model by the next token, on the text it trains on and on text it has never seen? Lower is better.';

  /** A run to show: `{steps: [{step, loss, tokensSeen}], evals: [{step, train: {loss}, validation: {loss}, tokensSeen}], samples: [{step, prompt, text}]}`. */
  @property({attribute: false}) accessor history: LossHistory | undefined;
  /** The lowest mean loss that any model can reach, in nats per token. Default: the corpus's, where it is known. */
  @property({type: Number, reflect: true}) accessor floor: number | undefined;
  /** V, for the loss of guessing, ln V. Default: the model's. */
  @property({type: Number, reflect: true, attribute: 'vocab-size'}) accessor vocabSize: number | undefined;
  /** `loss`, or `perplexity` (e to the loss) on a logarithmic axis. */
  @property({reflect: true}) accessor y: YKind = 'loss';
  /** `steps` or `tokens` along the x axis. */
  @property({reflect: true}) accessor x: XKind = 'steps';
  /** 0 … 0.99: the share of the past in the moving average of the batches' losses. */
  @property({type: Number, reflect: true}) accessor smoothing = 0.8;
  /** Steps whose readings stay below the chart; as an attribute `pins="200 500"`. */
  @property({
    reflect: true,
    converter: {
      fromAttribute: pinsFromAttribute,
      toAttribute: (pins: number[]) => (pins.length ? pins.join(' ') : null),
    },
  })
  accessor pins: number[] = [];
  /** Leaves out what the model wrote on the way. */
  @property({type: Boolean, reflect: true, attribute: 'without-samples'}) accessor withoutSamples = false;
  /** Leaves out the controls for axes and smoothing. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  /** The step under the cross-hair. */
  @state() private accessor pointed: number | undefined;

  #curves: LossCurves = lossCurves(NO_HISTORY, 'steps', 0);
  #chart?: LineChart;
  #timer?: ReturnType<typeof setTimeout>;
  readonly #gathered = new Memo();
  readonly #composed = new Memo();
  readonly #painted = new Memo();
  readonly #pointedAt = new Memo();
  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #visible = new VisibleController(this, (visible) => visible && this.requestUpdate());
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-status'], (model) => this.#follow(model));
  #followed?: LiveModel;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #follow(model: LiveModel | undefined): void {
    for (const event of ['gpt-step', 'gpt-eval']) {
      this.#followed?.removeEventListener(event, this.#refresh);
      model?.addEventListener(event, this.#refresh);
    }
    this.#followed = model;
  }

  #refresh = (): void => {
    if (this.history || this.#timer !== undefined || !this.#visible.visible) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.requestUpdate();
    }, REDRAW_MS);
  };

  get #history(): LossHistory {
    if (this.history) return this.history;
    const {history, recordedRun} = this.#models.model ?? {};
    return (history?.steps.length ? history : recordedRun) ?? history ?? NO_HISTORY;
  }

  /** Whether the curve is of a run that was recorded earlier, to be seen until the reader trains. */
  get #isRecorded(): boolean {
    return this.#history === this.#models.model?.recordedRun;
  }

  get #facts() {
    return this.history ? undefined : this.#models.model?.facts;
  }

  get #known(): {floor?: number; vocabSize?: number} {
    return {
      floor: this.floor ?? this.#facts?.corpus.floor,
      vocabSize: this.vocabSize ?? this.#facts?.config.vocabSize,
    };
  }

  /** Where the run will end, along x. */
  get #xEnd(): number {
    const facts = this.#facts;
    if (!facts) return 0;
    const {steps, batchSize} = facts.training;
    return this.x === 'tokens' ? steps * batchSize * facts.config.contextLength : steps;
  }

  get #height(): number {
    return Math.round(Math.min(380, Math.max(240, this.#size.width * 0.45)));
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const {steps, evals} = this.#history;
    const x = this.x === 'tokens' ? 'tokens' : 'steps';
    const smoothing = Math.min(0.99, Math.max(0, this.smoothing || 0));
    // A model's arrays grow in place: their lengths tell.
    if (this.#gathered.changed(steps, steps.length, evals, evals.length, x, smoothing))
      this.#curves = lossCurves({steps, evals}, x, smoothing);
  }

  #compose(): LineChart {
    const {theme} = this.#colors;
    const {floor, vocabSize} = this.#known;
    const samples = this.#samples;
    if (
      this.#composed.changed(
        this.#curves,
        this.y,
        floor,
        vocabSize,
        this.#xEnd,
        this.pins,
        theme,
        samples.length,
      ) ||
      !this.#chart
    ) {
      const pins = this.#sortedPins.map((pin) => this.#pinned(pin)?.x ?? Number.NaN);
      const kinds = {xKind: this.x, yKind: this.y};
      this.#chart = lossChart(
        {curves: this.#curves, ...kinds, floor, vocabSize, xEnd: this.#xEnd, pins, samples},
        theme,
      );
    }
    return this.#chart;
  }

  get #samples(): readonly Sample[] {
    return (this.withoutSamples ? undefined : this.#history.samples) ?? [];
  }

  get #sortedPins(): number[] {
    return [...new Set(this.pins)].sort((a, b) => a - b);
  }

  protected override renderBody(): TemplateResult {
    const curves = this.#curves;
    const reading = this.pointed === undefined ? undefined : readingAt(curves, this.pointed);
    const steps = this.#readSteps;
    const now = reading?.step ?? steps.at(-1) ?? 0;
    const spoken = readingAt(curves, now);
    return html`
      ${this.withoutControls ? nothing : renderControls(this)}
      <div
        class="chart"
        part="chart"
        .style="height: ${this.#height}px"
        role="slider"
        tabindex="0"
        aria-label="Training step to read off; Enter pins it"
        aria-valuemin=${steps[0] ?? 0}
        aria-valuemax=${steps.at(-1) ?? 0}
        aria-valuenow=${now}
        aria-valuetext=${spoken ? readingText(spoken, this.y) : 'Nothing trained yet'}
        @pointermove=${this.#onPointer}
        @pointerleave=${() => (this.pointed = undefined)}
        @click=${this.#onClick}
        @keydown=${this.#onKeydown}
        @blur=${() => (this.pointed = undefined)}
      >
        <canvas class="lines"></canvas>
        <canvas class="cursor"></canvas>
        ${isEmpty(curves) ? html`<p class="empty"><span>${this.#emptySentence}</span></p>` : nothing}
      </div>
      <p class="signs"><span>Nats: 0 is certainty, 0.69 a coin toss.</span> ${isEmpty(curves) ? nothing : this.#isRecorded ? 'A recorded run of this model. Train it, and the curve is yours.' : 'Thin line: each batch. Thick: their moving average. Circles: evaluations.'}${this.#samples.length > 0 ? html` <span>Words: what it wrote at that step.</span>` : nothing}</p>
      <div class="readout" part="readout">
        <span class="reading"
          >${reading ? readingText(reading, this.y) : isEmpty(curves) ? '' : 'Point at the chart, or use the arrow keys; a click or Enter pins the reading.'}</span
        >
        <span class="notable">${notable(curves, this.#known)}</span>
      </div>
      ${renderPins(
        this.#sortedPins,
        (pin) => this.#pinned(pin),
        this.y,
        (pins) => this.#setPins(pins),
      )}
      ${this.#models.problem && !this.history ? renderProblem(this.#models.problem, this.#models.retry) : nothing}
      ${curves.evalSteps.length ? html`<div class="visually-hidden">${renderTable(curves)}</div>` : nothing}
      ${samplesInWords(this.#samples)}
    `;
  }

  protected override facts(): string {
    return this.history ? 'Values given by this page' : modelFacts(this, this.#models.model);
  }

  protected override footer(): FooterOptions {
    const empty = isEmpty(this.#curves);
    return {
      snippet: this.history ? undefined : 'cross-entropy',
      picture: empty ? undefined : this.#picture(),
      table: empty ? undefined : () => historyRows(this.#history),
    };
  }

  get #emptySentence(): string {
    return this.history
      ? 'There is nothing to show yet.'
      : 'Nothing has been trained yet. The curve begins with the first step.';
  }

  /** The reading at a pin; undefined where the run has not come so far. */
  #pinned(pin: number): Reading | undefined {
    return pin <= (this.#readSteps.at(-1) ?? -1) ? readingAt(this.#curves, pin) : undefined;
  }

  /** The steps that can be read off: every batch, or where none are known, every evaluation. */
  get #readSteps(): Float64Array {
    const {steps, evalSteps} = this.#curves;
    return steps.length ? steps : evalSteps;
  }

  #stepAt(event: MouseEvent): number | undefined {
    const {x, evalX, steps} = this.#curves;
    const along = steps.length ? x : evalX;
    const {left} = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const frame = chartFrame(this.#compose(), this.#size.width, this.#height);
    const index = nearest(along, frame.x.invert(event.clientX - left));
    return index < 0 ? undefined : this.#readSteps[index];
  }

  #onPointer = (event: PointerEvent): void => {
    this.pointed = this.#stepAt(event);
  };

  #onClick = (event: MouseEvent): void => {
    const step = this.#stepAt(event);
    if (step === undefined) return;
    const frame = chartFrame(this.#compose(), this.#size.width, this.#height);
    const at = (pin: number): number => frame.x(this.#pinned(pin)?.x ?? Number.NaN);
    const hit = this.pins.find((pin) => Math.abs(at(pin) - at(step)) <= PIN_REACH);
    this.pointed = step;
    this.#setPins(hit === undefined ? [...this.pins, step] : this.pins.filter((pin) => pin !== hit));
  };

  #onKeydown = (event: KeyboardEvent): void => {
    const steps = this.#readSteps;
    const last = steps.length - 1;
    if (last < 0) return;
    const now = this.pointed === undefined ? last : nearest(steps, this.pointed);
    const stride = event.shiftKey ? 1 : Math.max(1, Math.round(last / 100));
    const to = keyTarget(event, sliderTargets(now, stride, 0, last), last);
    if (to !== undefined) this.pointed = steps[to];
    else if (event.key === 'Escape') this.pointed = undefined;
    else if (event.key === 'Enter' || event.key === ' ') {
      const step = steps[now]!;
      this.pointed = step;
      this.#setPins(
        this.pins.includes(step) ? this.pins.filter((pin) => pin !== step) : [...this.pins, step],
      );
    } else return;
    event.preventDefault();
  };

  #setPins(pins: number[]): void {
    this.pins = pins.sort((a, b) => a - b);
    this.emit('gpt-pins', {pins: this.pins});
  }

  protected override updated(): void {
    const {width} = this.#size;
    if (!width) return;
    const {theme} = this.#colors;
    const height = this.#height;
    const chart = this.#compose();
    const canvas = (name: string) => this.renderRoot.querySelector<HTMLCanvasElement>(`canvas.${name}`)!;
    if (this.#painted.changed(chart, width, theme, devicePixelRatio))
      this.#drawChart(new CanvasSurface(canvas('lines'), width, height), chart, theme);
    if (!this.#pointedAt.changed(chart, this.pointed, width, theme, devicePixelRatio)) return;
    const surface = new CanvasSurface(canvas('cursor'), width, height);
    const reading = this.pointed === undefined ? undefined : readingAt(this.#curves, this.pointed);
    if (!reading) return;
    const dots = [{y: yValue(this.y, reading.smoothed ?? Number.NaN), color: theme.train}];
    if (reading.evaluation?.step === reading.step)
      dots.push({y: yValue(this.y, reading.evaluation.validation), color: theme.validation});
    drawCursor(surface, chart, reading.x, dots, theme);
  }

  #drawChart(surface: Surface, chart: LineChart, theme: Theme): void {
    // Axes without a number on them say nothing.
    if (!isEmpty(this.#curves) || chart.references.length) drawLines(surface, chart, theme);
  }

  #picture(): Picture {
    const chart = this.#compose();
    const {theme} = this.#colors;
    const title = notable(this.#curves, this.#known);
    return picture({
      ...(this.#size.width < PICTURE.width ? {width: this.#size.width, height: this.#height} : PICTURE),
      title,
      theme,
      draw: (surface) => drawLines(surface, chart, theme),
    });
  }
}

define('loss-chart', LossChart);

declare global {
  interface HTMLElementTagNameMap {
    'loss-chart': LossChart;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-pins': CustomEvent<{pins: number[]}>;
  }
}
