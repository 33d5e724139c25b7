import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {CorpusSpec} from '../../data/corpus.js';
import {type TextProgress, type TrainedTokenizer, trainTokenizer} from '../../state/text-work.js';
import {toTokenizerJson} from '../../tokenizers/bpe/files.js';
import type {BpeSpec} from '../../tokenizers/bpe/spec.js';
import type {PairCount} from '../../tokenizers/bpe/trainer.js';
import {define} from '../../ui/base/define.js';
import type {FooterOptions, Picture} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {whole} from '../../ui/base/whole.js';
import {download} from '../../ui/export/download.js';
import {CorpusElement} from '../../ui/model/corpus-element.js';
import {fieldValue} from '../../ui/views/field-value.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {chartFrame, drawCursor, drawLines} from '../../viz/lines.js';
import {picture} from '../../viz/picture.js';
import {Adoption} from './adoption.js';
import {styles} from './bpe-trainer.styles.js';
import {compressionChart} from './compression-chart.js';
import {compressionCurve, type Moment, momentAt} from './moment.js';
import {renderBars} from './pair-bars.js';
import {Player, renderPlayer} from './player.js';
import {renderText} from './text-tokens.js';
import {renderUse} from './use-panel.js';
import {renderVocabulary} from './vocabulary.js';
import {momentSentence, pairSentence, progressSentence, tokenSentence} from './words.js';

const CHART_HEIGHT = 240;
const MAX_MERGES = 10_000;
/** How many of the most frequent pairs are shown. */
const TOP_PAIRS = 10;

/** What to train on: a text of the page, else a corpus. */
interface TrainRequest {
  text: string;
  corpus: CorpusSpec | undefined;
  merges: number;
  minFrequency: number;
}

/**
 * How does a tokenizer get its tokens? Trains a byte-level BPE on the text of the page's model, and shows it merge by
 * merge: the most frequent pairs, the one that is merged, the text in the tokens at that step, the vocabulary, and how
 * much shorter the text becomes. The model of the page can then use these tokens.
 *
 * Trains in a worker when it comes on the screen. A text at an address is fetched only when the reader asks for it.
 *
 * @summary Trains a byte-pair tokenizer merge by merge, and gives it to the model.
 * @group text → ids
 * @event {CustomEvent<{spec: BpeSpec}>} gpt-tokenizer - The reader gave these tokens to the model.
 * @event {CustomEvent<{merges: number}>} gpt-merges - The number of merges on show changed.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart player - The buttons and the slider that step through the merges.
 * @csspart readout - The line that describes the last merge, or what is highlighted.
 * @csspart pairs - The most frequent pairs.
 * @csspart text - The beginning of the text, in tokens.
 * @csspart vocabulary - The newest tokens.
 * @csspart chart - Characters per token against merges.
 * @csspart use - What can be done with the tokenizer.
 * @csspart footer - Facts, code, export.
 * @cssproperty --gpt-token-1 - Token colors, to `--gpt-token-8`.
 * @cssproperty --gpt-text - The pair that is merged next.
 */
export class BpeTrainer extends CorpusElement<TrainRequest, TrainedTokenizer> {
  static override styles = [...CorpusElement.styles, styles];
  static override lead =
    'How does a tokenizer get its tokens? It starts from single bytes, and repeatedly finds the most frequent adjacent pair and merges it.';

  /** The text to train on. Default: the text that the model learns from. */
  @property() accessor text = '';
  /** How many merges to learn. */
  @property({type: Number, reflect: true}) accessor merges = 200;
  /** A pair that occurs less often than this is not merged. */
  @property({type: Number, reflect: true, attribute: 'min-frequency'}) accessor minFrequency = 2;
  /** How many merges are on show. */
  @property({type: Number, reflect: true}) accessor step = 0;
  /** Merges per second when playing. */
  @property({type: Number, reflect: true}) accessor speed = 4;
  /** Leaves out the number of merges to learn. */
  @property({type: Boolean, reflect: true, attribute: 'without-settings'}) accessor withoutSettings = false;
  /** Leaves out the buttons that give the tokens to the model and save them. */
  @property({type: Boolean, reflect: true, attribute: 'without-use'}) accessor withoutUse = false;
  /** Leaves out the chart. */
  @property({type: Boolean, reflect: true, attribute: 'without-chart'}) accessor withoutChart = false;

  /** The highlighted pair, or the highlighted token. */
  @state() private accessor pair: PairCount | undefined;
  @state() private accessor token: number | undefined;

  /** The number of merges on show, and what the tokenizer is then. */
  #moment?: Moment;
  #curve: Float64Array = new Float64Array();
  #progress?: TextProgress;
  /** The index in the excerpt of the token that the arrow keys are on. */
  #place = -1;
  /** Whether the reader has asked for a text at an address. */
  #asked = false;
  readonly #player = new Player(this);
  readonly #adoption = new Adoption(() => this.requestUpdate());
  readonly #looked = new Memo();
  readonly #curved = new Memo();
  readonly #painted = new Memo();

  protected override visibleChanged(visible: boolean): void {
    if (!visible) this.#player.pause();
  }

  protected override request(): TrainRequest | undefined {
    const {text} = this;
    const corpus = text ? undefined : this.model?.spec.corpus;
    if (this.#waits || !(text || corpus)) return undefined;
    return {
      text,
      corpus,
      merges: Math.min(MAX_MERGES, Math.max(0, Math.round(this.merges) || 0)),
      minFrequency: Math.max(1, this.minFrequency || 1),
    };
  }

  protected override load(
    {text, corpus = {kind: 'text', text, name: 'the given text'}, merges, minFrequency}: TrainRequest,
    signal: AbortSignal,
  ): Promise<TrainedTokenizer> {
    this.#progress = undefined;
    return trainTokenizer(corpus, {
      merges,
      minFrequency,
      topPairs: TOP_PAIRS,
      signal,
      onProgress: (progress) => {
        if (signal.aborted) return;
        this.#progress = progress;
        this.requestUpdate();
      },
    });
  }

  /** How many merges were learned: fewer than requested if pairs become rare. */
  get learned(): number {
    return this.loaded.data?.merges.length ?? 0;
  }

  /** The tokenizer on show, as data for `new BytePairTokenizer(spec)` or for the `tokenizer` of a `<gpt-model>`. */
  get spec(): BpeSpec | undefined {
    return this.#moment?.tokenizer.spec;
  }

  /** Shows another number of merges. */
  show(step: number): void {
    this.step = Math.min(this.learned, Math.max(0, Math.round(step)));
    this.emit('gpt-merges', {merges: this.step});
  }

  /** A text at an address is not fetched until the reader asks for it. */
  get #waits(): boolean {
    return !this.text && this.model?.spec.corpus.kind === 'url' && !this.#asked;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const result = this.loaded.data;
    if (!result) return;
    const at = Math.min(result.merges.length, Math.max(0, Math.round(this.step) || 0));
    if (this.#curved.changed(result)) this.#curve = compressionCurve(result);
    if (!this.#looked.changed(result, at)) return;
    this.#moment = momentAt(result, at);
    this.pair = this.token = undefined;
    this.#place = -1;
  }

  protected override facts(): string {
    const {corpus} = this.loaded.data ?? {};
    return corpus ? `Trained on ${corpus.name}, ${whole(corpus.characters)} characters` : '';
  }

  protected override footer(): FooterOptions {
    const moment = this.#moment;
    return {
      snippet: 'bpe-trainer',
      picture: moment && !this.withoutChart ? this.#picture(moment) : undefined,
    };
  }

  protected override renderBody(): TemplateResult {
    const moment = this.#moment;
    const result = this.loaded.data;
    return html`
      ${renderPlayer(this, this.#player, moment !== undefined)}
      <div class="readout" part="readout" aria-live=${this.#player.playing || this.loaded.loading ? 'off' : 'polite'}>
        ${this.#renderState() ?? this.#readout()}
      </div>
      <div class="views">
        <section class="counts">
          <h3>Most frequent pairs</h3>
          ${
            moment
              ? renderBars({
                  tokenizer: moment.tokenizer,
                  pairs: moment.top,
                  highlighted: this.pair,
                  highlight: (pair) => (this.pair = pair),
                  rows: TOP_PAIRS,
                })
              : html`<div class="pairs" .style="--_rows: ${TOP_PAIRS}"></div>`
          }
        </section>
        <section>
          <h3>The text${result ? html`, its first lines` : nothing}</h3>
          ${
            moment
              ? renderText({
                  moment,
                  pair: this.pair ?? (this.token === undefined ? moment.top[0] : undefined),
                  token: this.token,
                  highlight: (id) => (this.token = id),
                  move: (places) => {
                    this.#place = (this.#place + places + moment.ids.length) % moment.ids.length;
                    this.token = moment.ids[this.#place];
                  },
                })
              : html`<div class="text"></div>`
          }
        </section>
        <section>
          ${renderVocabulary(moment, result, this.token, (id) => (this.token = id))}
        </section>
        ${this.withoutChart ? nothing : this.#renderChart()}
      </div>
      ${this.withoutSettings ? nothing : this.#renderSettings()}
      ${
        this.withoutUse
          ? nothing
          : renderUse({
              moment,
              model: this.model,
              adoption: this.#adoption,
              use: (shown) => this.#use(shown),
              confirm: (spec) => this.#confirm(spec),
              save: (shown) => this.#export(shown),
            })
      }
    `;
  }

  #readout(): string {
    const moment = this.#moment;
    const result = this.loaded.data;
    if (!moment || !result) return '';
    if (this.pair) return pairSentence(moment, this.pair);
    if (this.token !== undefined) return tokenSentence(result, moment.tokenizer, this.token, moment.ids);
    return momentSentence(moment);
  }

  /** In place of the readout: progress, an error, or a text that waits to be fetched. */
  #renderState(): TemplateResult | undefined {
    const problem = this.loaded.error ?? (this.text ? undefined : this.modelProblem);
    if (problem)
      return html`<div class="error" role="alert">${problem} <button @click=${this.#again}>Train again</button></div>`;
    if (this.#waits)
      return html`The text to train on is on another server.
        <button class="primary" @click=${this.#again}>Download it and train</button>`;
    if (!this.loaded.loading) return undefined;
    const progress = this.#progress;
    return html`<span class="busy"
      ><label
        ><progress max=${progress?.total || nothing} value=${progress?.total ? progress.done : nothing}></progress>
        ${progress ? progressSentence(progress) : 'Starting'} …</label
      >
      <button class="link" @click=${this.#cancel}>Cancel</button></span
    >`;
  }

  #again = (): void => {
    this.#asked = true;
    this.retryModel?.();
    this.loaded.retry();
  };

  #cancel = (): void =>
    this.loaded.cancel(this.loaded.data ? 'Canceled. The previous tokenizer is still here.' : 'Canceled.');

  #renderChart(): TemplateResult {
    const moment = this.#moment;
    const from = this.#curve[0];
    const to = this.#curve.at(-1);
    const label =
      from === undefined || to === undefined
        ? 'Characters per token'
        : `Characters per token: from ${from.toFixed(2)} with single bytes to ${to.toFixed(2)} after ${whole(this.learned)} merges`;
    return html`<section>
      <h3>How much shorter the text becomes</h3>
      <div
        class="chart"
        part="chart"
        role="img"
        aria-label=${label}
        .style="height: ${CHART_HEIGHT}px"
        @pointerdown=${this.#onChart}
        @pointermove=${(event: PointerEvent) => event.buttons && this.#onChart(event)}
      >
        ${moment ? html`<canvas></canvas>` : nothing}
      </div>
    </section>`;
  }

  #onChart = (event: PointerEvent): void => {
    const box = event.currentTarget as HTMLElement;
    if (!this.#moment) return;
    const chart = compressionChart(this.#curve, this.#moment.at, this.colors.theme);
    const {left, width} = box.getBoundingClientRect();
    this.#player.pause();
    this.show(chartFrame(chart, width, CHART_HEIGHT).x.invert(event.clientX - left));
  };

  #renderSettings(): TemplateResult {
    const set = (event: Event) => {
      const {valueAsNumber} = event.target as HTMLInputElement;
      if (valueAsNumber >= 0) this.merges = Math.min(MAX_MERGES, Math.round(valueAsNumber));
    };
    const few = this.loaded.current && this.learned < this.merges;
    return html`<div class="controls settings">
      <label
        >Learn <input class="target" type="number" min="0" max=${MAX_MERGES} step="50" .value=${fieldValue(this.merges)} @change=${set} /> merges</label
      >
      <span class="hint">${few ? `After ${whole(this.learned)} merges, no pair was frequent enough.` : nothing}</span>
    </div>`;
  }

  #use({tokenizer}: Moment): void {
    const {model} = this;
    if (!model) return;
    this.#adoption.use(model, tokenizer.spec);
    if (!this.#adoption.asked) this.emit('gpt-tokenizer', {spec: tokenizer.spec});
  }

  #confirm(spec: BpeSpec): void {
    const {model} = this;
    if (!model) return;
    void this.#adoption.confirm(model, spec);
    this.emit('gpt-tokenizer', {spec});
  }

  #export({tokenizer}: Moment): void {
    download(new Blob([toTokenizerJson(tokenizer)], {type: 'application/json'}), 'tokenizer.json');
  }

  protected override updated(): void {
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('.chart canvas');
    const moment = this.#moment;
    const width = canvas?.parentElement?.clientWidth;
    if (!canvas || !moment || !width) return;
    const {theme} = this.colors;
    if (
      !this.#painted.changed(canvas, this.#curve, moment.at, width, theme, devicePixelRatio, this.size.width)
    )
      return;
    const chart = compressionChart(this.#curve, moment.at, theme);
    const surface = new CanvasSurface(canvas, width, CHART_HEIGHT);
    drawLines(surface, chart, theme);
    drawCursor(surface, chart, moment.at, [{y: moment.charactersPerToken, color: theme.text}], theme);
  }

  #picture({at}: Moment): Picture {
    const {theme} = this.colors;
    return picture({
      width: 720,
      height: 400,
      title: `Characters per token after ${whole(at)} of ${whole(this.learned)} merges`,
      theme,
      draw: (surface) => drawLines(surface, compressionChart(this.#curve, at, theme), theme),
    });
  }
}

define('bpe-trainer', BpeTrainer);

declare global {
  interface HTMLElementTagNameMap {
    'bpe-trainer': BpeTrainer;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-tokenizer': CustomEvent<{spec: BpeSpec}>;
    'gpt-merges': CustomEvent<{merges: number}>;
  }
}
