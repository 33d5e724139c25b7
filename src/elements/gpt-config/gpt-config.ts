import {html, noChange, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {flopsPerToken, GPT_CONFIG_124M, type GPTConfig, normalizeConfig} from '../../state/sizes.js';
import {define} from '../../ui/base/define.js';
import {errorWords} from '../../ui/base/error-words.js';
import {count, percent} from '../../ui/base/format.js';
import {type FooterOptions, GptElement} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {exportWidth, picture} from '../../viz/picture.js';
import {fixesFor} from './fixes.js';
import {styles} from './gpt-config.styles.js';
import {drawToScale, SCALE_HEIGHT} from './scale-drawing.js';
import {SIZE_PRESETS, type Sizes, sizesOf} from './sizes.js';
import type {Speed} from './speed.js';
import {memory, renderFlops, renderMemory, renderParts} from './tables-view.js';

/** The numbers that a reader edits. */
const FIELDS = [
  {name: 'vocabSize', attribute: 'vocab-size', label: 'vocabulary V'},
  {name: 'contextLength', attribute: 'context-length', label: 'context length T'},
  {name: 'embDim', attribute: 'emb-dim', label: 'width C'},
  {name: 'nHeads', attribute: 'heads', label: 'heads per block H'},
  {name: 'nLayers', attribute: 'layers', label: 'blocks L'},
  {name: 'batchSize', attribute: 'batch-size', label: 'windows per training step'},
] as const;
type FieldName = (typeof FIELDS)[number]['name'];
/** Of the training, and not of the model: it stands beside the memory that it takes. */
const WINDOWS = FIELDS.at(-1)!;

/** Windows in a training step: more would only make the memory's number longer. */
const MAX_BATCH_SIZE = 2 ** 16;

/** A problem's sentence in the words of the labels. */
const inWords = (problem: string): string =>
  FIELDS.reduce((text, {name, label}) => text.replace(name, `the ${label}`), problem).replace(/^the/, 'The');

/**
 * What a configuration of a GPT costs: its parameters counted part by part and drawn to scale, the memory of weights,
 * training and cache, the operations for one token, and the time of a training step on this device, measured on demand.
 * An impossible configuration is explained, with what would fix it.
 *
 * @summary Edit a GPT's configuration: parameters, memory and operations, with its matrices drawn to scale.
 * @group the model
 * @event {CustomEvent<GPTConfig>} gpt-config-changed - The reader has made another valid configuration.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart presets - The known sizes.
 * @csspart controls - The fields of the configuration.
 * @csspart drawing - The matrices, to scale.
 * @csspart speed - The time of a training step on this device.
 * @csspart readout - The line that says what is notable.
 * @csspart footer - Code, export and embed.
 */
export class GptConfig extends GptElement {
  static override styles = [...GptElement.styles, styles];
  static override lead =
    'How large is a GPT? Five numbers fix every matrix in it: vocabulary, context length, width, heads and blocks. Choose a model, or change one of them, and see what it costs.';

  /** V: tokens in the vocabulary. */
  @property({type: Number, reflect: true, attribute: 'vocab-size'}) accessor vocabSize: number =
    GPT_CONFIG_124M.vocabSize;
  /** T: the longest text that the model can read, in tokens. */
  @property({type: Number, reflect: true, attribute: 'context-length'}) accessor contextLength: number =
    GPT_CONFIG_124M.contextLength;
  /** C: numbers for each token. */
  @property({type: Number, reflect: true, attribute: 'emb-dim'}) accessor embDim: number =
    GPT_CONFIG_124M.embDim;
  /** H: heads a block; C must be divisible by it. */
  @property({type: Number, reflect: true, attribute: 'heads'}) accessor nHeads: number =
    GPT_CONFIG_124M.nHeads;
  /** L: blocks. */
  @property({type: Number, reflect: true, attribute: 'layers'}) accessor nLayers: number =
    GPT_CONFIG_124M.nLayers;
  /** Gives the output head a matrix of its own. */
  @property({type: Boolean, reflect: true}) accessor untied = false;
  /** Leaves out the bias of queries, keys and values. */
  @property({type: Boolean, reflect: true, attribute: 'no-qkv-bias'}) accessor noQkvBias = false;
  /** Windows of text in a training step, for the memory that training takes. */
  @property({type: Number, reflect: true, attribute: 'batch-size'}) accessor batchSize = 8;
  /** Leaves out presets and fields. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #painted = new Memo();
  /** Of the last configuration that makes a model. */
  #sizes: Sizes = sizesOf(GPT_CONFIG_124M, 8);
  #problem?: string;
  /** The field with the focus: its text stays as the reader types it. */
  @state() private accessor edited: FieldName | undefined;
  /** The field with the focus holds no number: it is empty, or a lone sign. */
  @state() private accessor isBlank = false;
  /** How fast this device trains, once that was measured. */
  @state() private accessor speed: Speed | undefined;
  /** Steps of the measurement that is under way: done, and in all. */
  @state() private accessor measured: readonly [number, number] | undefined;
  @state() private accessor speedProblem = '';
  #measuring?: AbortController;
  #code?: typeof import('./speed.js');

  /** What the fields say, possible or not. */
  get #entered(): GPTConfig {
    const {vocabSize, contextLength, embDim, nHeads, nLayers, untied, noQkvBias} = this;
    return {
      vocabSize,
      contextLength,
      embDim,
      nHeads,
      nLayers,
      dropRate: 0,
      qkvBias: !noQkvBias,
      tieWeights: !untied,
    };
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#problem = undefined;
    try {
      if (this.edited && this.isBlank)
        throw new RangeError(`${this.edited} must be a whole number, and its field holds none.`);
      this.#sizes = sizesOf(normalizeConfig(this.#entered), this.#checkedBatchSize());
    } catch (error) {
      this.#problem = (error as Error).message;
    }
  }

  /** @throws {RangeError} with a sentence for the reader */
  #checkedBatchSize(): number {
    const {batchSize} = this;
    if (Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= MAX_BATCH_SIZE) return batchSize;
    throw new RangeError(
      `batchSize must be a whole number from 1 to ${MAX_BATCH_SIZE.toLocaleString('en')}, not ${batchSize}.`,
    );
  }

  /** A field without a number changes nothing: 0 would be a number that the reader did not enter. */
  #edit(name: FieldName, {value}: HTMLInputElement): void {
    if (value !== '' && name === 'batchSize') this.batchSize = Number(value);
    else if (value !== '') this.#change({[name]: Number(value)});
    this.edited = name;
    this.isBlank = value === '';
  }

  #change(change: Partial<GPTConfig>): void {
    this.edited = undefined;
    const {qkvBias, tieWeights, dropRate: _, ...sizes} = change;
    Object.assign(this, sizes);
    if (qkvBias !== undefined) this.noQkvBias = !qkvBias;
    if (tieWeights !== undefined) this.untied = !tieWeights;
    void this.updateComplete.then(() => {
      if (!this.#problem) this.emit('gpt-config-changed', this.#sizes.config);
    });
  }

  protected override renderBody(): TemplateResult {
    const sizes = this.#sizes;
    const {parameters, weights} = sizes;
    return html`
      ${this.withoutControls ? nothing : this.#renderPresets()}
      <p class="total">
        <b>${parameters.toLocaleString('en')}</b> parameters (learned numbers): ${memory(weights)} in 32-bit numbers
      </p>
      <p class="caption">
        Every matrix to scale: the larger, the more parameters. In a block: <span class="query">queries</span>,
        <span class="key">keys</span>, <span class="value">values</span> and their projection, then the two matrices of the
        <span class="mlp">feed-forward layer</span>. Norms and biases are not drawn.
      </p>
      <canvas
        class="scale"
        part="drawing"
        role="img"
        aria-label="The matrices of the model, drawn to scale"
        .style="width: ${this.#size.width}px; height: ${SCALE_HEIGHT}px"
      ></canvas>
      ${this.withoutControls ? nothing : this.#renderFields()}
      <div class="problem" role="status">${this.#problem ? this.#renderProblem(this.#problem) : nothing}</div>
      <div class="sums">${renderParts(sizes)}${renderMemory(sizes, this.withoutControls ? nothing : this.#renderField(WINDOWS))}${renderFlops(sizes)}</div>
      ${this.#renderSpeed(sizes)}
      <p class="readout" part="readout">${this.#reading(sizes)}</p>
    `;
  }

  #renderPresets(): TemplateResult {
    const most = Math.max(...SIZE_PRESETS.map(({config}) => sizesOf(config, 1).parameters));
    const entered = this.#entered;
    return html`<div class="presets" part="presets" role="group" aria-label="Known sizes">
      ${SIZE_PRESETS.map(({name, config}) => {
        const {parameters} = sizesOf(config, 1);
        const isShown = Object.entries({...config, dropRate: 0}).every(
          ([key, value]) => entered[key as keyof GPTConfig] === value,
        );
        return html`<button aria-pressed=${isShown} @click=${() => this.#change(config)}>
          <span>${name}</span><span class="number">${count(parameters)}</span>
          <span class="bar" .style="width: ${(100 * parameters) / most}%"></span>
        </button>`;
      })}
    </div>`;
  }

  #renderFields(): TemplateResult {
    const check = (name: 'tieWeights' | 'qkvBias', label: string): TemplateResult => html`<label class="check"
      ><input
        type="checkbox"
        name=${name}
        .checked=${this.#entered[name]}
        @change=${(event: Event) => this.#change({[name]: (event.target as HTMLInputElement).checked})}
      />${label}</label
    >`;
    return html`<form part="controls" @submit=${(event: Event) => event.preventDefault()}>
      ${FIELDS.filter((field) => field !== WINDOWS).map(this.#renderField)}
      ${check('tieWeights', 'the head shares the token table')}
      ${check('qkvBias', 'queries, keys and values have a bias')}
    </form>`;
  }

  #renderField = ({name, label}: (typeof FIELDS)[number]): TemplateResult => html`<label class="field"
    >${label}
    <input
      type="number"
      name=${name}
      min="1"
      step="1"
      .value=${this.edited === name ? noChange : live(`${this[name]}`)}
      aria-invalid=${!!this.#problem?.includes(name)}
      @input=${(event: Event) => this.#edit(name, event.target as HTMLInputElement)}
      @blur=${() => (this.edited = undefined)}
  /></label>`;

  #renderProblem(problem: string): TemplateResult {
    return html`<p class="error">${inWords(problem)} Shown is the last model that is possible.</p>
      ${fixesFor(this.#entered).map(({label, change}) => html`<button @click=${() => this.#change(change)}>${label}</button>`)}`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#measuring?.abort();
  }

  /** A training step on this device: measured with a small model, and scaled. */
  #renderSpeed(sizes: Sizes): TemplateResult {
    const {speed, measured} = this;
    const code = this.#code;
    return html`<div class="speed" part="speed">
      <b>A training step on this device</b>
      ${
        measured
          ? html`<progress max=${measured[1]} .value=${measured[0]} aria-label="Steps of the measurement"></progress>
              <button @click=${() => this.#measuring?.abort()}>Cancel</button>`
          : html`${speed && code ? html`<span class="time">≈ ${code.stepTime(sizes, speed)}</span>` : nothing}
              ${
                this.withoutControls
                  ? nothing
                  : html`<button @click=${this.#measure}>${speed ? 'Measure again' : 'Measure'}</button>`
              }`
      }
      <span role="status">${this.speedProblem || (speed && code ? code.speedInWords(speed) : measured ? 'Training a small model …' : 'Trains a small model for a few seconds, and scales its time by operations.')}</span>
    </div>`;
  }

  #measure = async (): Promise<void> => {
    this.#measuring?.abort();
    const {signal} = (this.#measuring = new AbortController());
    this.speedProblem = '';
    this.measured = [0, 1];
    try {
      this.#code ??= await import('./speed.js');
      const {config, batchSize} = this.#sizes;
      const told = (done: number, of: number): void => {
        if (!signal.aborted) this.measured = [done, of];
      };
      const speed = await this.#code.measureSpeed(config, batchSize, flopsPerToken, told, signal);
      if (!signal.aborted) this.speed = speed;
    } catch (error) {
      if (!signal.aborted) this.speedProblem = errorWords(error as Error);
    }
    if (this.#measuring?.signal === signal) this.measured = undefined;
  };

  #reading({parts, parameters, config}: Sizes): string {
    const largest = parts.reduce((best, part) => (part.parameters > best.parameters ? part : best));
    const head = config.embDim / config.nHeads;
    return `The largest part is the ${largest.name}, with ${percent(largest.parameters / parameters)} of all parameters. Each head is ${head} ${head === 1 ? 'number' : 'numbers'} wide. Operations are counted as in the PaLM paper (Chowdhery et al. 2022, appendix B): two for each weight of a matrix, and 4 · T · C a block for attention.`;
  }

  protected override footer(): FooterOptions {
    const {config, parts, weights, training, cache, flops} = this.#sizes;
    const width = exportWidth(this.#size.width);
    const {theme} = this.#colors;
    return {
      snippet: 'flops',
      picture: picture({
        width,
        height: SCALE_HEIGHT,
        title: 'The matrices of a GPT, to scale',
        theme,
        draw: (surface) => drawToScale(surface, config, theme),
      }),
      table: () => [
        ['what', 'value'],
        ...Object.entries(config).map(([key, value]) => [key, `${value}`]),
        ...parts.map(({name, parameters}) => [`${name}, parameters`, parameters]),
        ['weights, bytes', weights],
        ['training, bytes', training],
        ['keys and values, bytes', cache.keysAndValues],
        ['forward, operations a token', flops.forward],
      ],
    };
  }

  protected override updated(): void {
    const {config} = this.#sizes;
    const {theme} = this.#colors;
    const {width} = this.#size;
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('canvas.scale');
    if (!canvas || !width || !this.#painted.changed(canvas, this.#sizes, width, theme, devicePixelRatio))
      return;
    drawToScale(new CanvasSurface(canvas, width, SCALE_HEIGHT), config, theme);
  }
}

define('gpt-config', GptConfig);

declare global {
  interface HTMLElementTagNameMap {
    'gpt-config': GptConfig;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-config-changed': CustomEvent<GPTConfig>;
  }
}
