import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {type Coverage, coverage, windowAt} from '../../data/windows.js';
import type {LiveModel, ModelSpec} from '../../state/index.js';
import type {TokenizerChoice} from '../../tokenizers/tokenizer.js';
import {define} from '../../ui/base/define.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {keyTarget, stepFor} from '../../ui/base/stepping.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {whole} from '../../ui/base/whole.js';
import {CorpusElement} from '../../ui/model/corpus-element.js';
import {modelText} from '../../ui/model/model-text.js';
import {encodeGiven, type TokenText} from './given-text.js';
import {styles} from './sliding-window.styles.js';
import {renderControls} from './window-controls.js';
import {WindowOrder} from './window-order.js';
import {passageAround, renderPassage} from './window-passage.js';
import {renderPlace} from './window-place.js';
import {renderAligned, renderTasks, type TablesView} from './window-tables.js';
import {predictionTasks, taskRows} from './window-tasks.js';
import {counted, coverageWords, windowWords} from './window-words.js';

/** Milliseconds between two windows while playing: slow enough to read. */
const PLAY_MS = 900;
const MAX_CONTEXT = 256;
/** Lines of text on show, and CSS pixels per character. */
const LINES = 4.5;
const CHARACTER_PX = 9.1;

/** Either a text of the page and its tokenizer, or a model and its spec, which names its text and tokenizer. */
interface TextRequest {
  text: string;
  tokenizer?: string | TokenizerChoice;
  model?: LiveModel;
  spec?: ModelSpec;
}

/**
 * How does a text become training examples? A window slides over it; every position of the window asks for the next
 * token. The windows are made by the code that training uses.
 *
 * Shows `text` if it is set, else the text that the model (`for`, an ancestor `<gpt-model>`, the page's default model)
 * learns from, in the model's tokens. Starts no engine, unless the model comes trained.
 *
 * @summary A window over the text: input, shifted target, and one prediction task for each position.
 * @group ids → batches
 * @event {CustomEvent<{start: number, place: number}>} gpt-window - The window has moved: its first token, and its index in the order.
 * @slot lead - Replaces the sentence above the text.
 * @csspart lead - The sentence above the text.
 * @csspart text - The text with the window on it.
 * @csspart aligned - Input and target, position by position.
 * @csspart tasks - The prediction tasks.
 * @csspart controls - Context length, stride, order.
 * @csspart readout - The line that describes the window, or what is highlighted.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-query - The window’s input.
 * @cssproperty --gpt-key - The targets.
 */
export class SlidingWindow extends CorpusElement<TextRequest, TokenText> {
  static override styles = [...CorpusElement.styles, styles];
  static override lead =
    'How does a text become training examples? A window slides over it: its tokens are the input, and the same tokens shifted by one are the targets.';

  /** The text to show. Default: the text that the model learns from. */
  @property({reflect: true}) accessor text = '';
  /** The tokenizer of `text`: `char`, `gpt2`, `cl100k_base` or `o200k_base`. */
  @property({reflect: true}) accessor tokenizer: string | TokenizerChoice = 'char';
  /** T: tokens per window, 1 … 256. */
  @property({type: Number, reflect: true, attribute: 'context-length'}) accessor contextLength = 8;
  /** Tokens from the start of one window to the start of the next. */
  @property({type: Number, reflect: true}) accessor stride = 4;
  /** Takes the windows in the order of a training run instead of text order. */
  @property({type: Boolean, reflect: true}) accessor shuffle = false;
  /** Fixes the shuffled order. Default: the model's seed, else 0. */
  @property({type: Number, reflect: true}) accessor seed: number | undefined;
  /** The index of the window on show, in the order taken. */
  @property({type: Number, reflect: true}) accessor place = 0;
  /** Leaves out context length, stride and order. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the list of prediction tasks. */
  @property({type: Boolean, reflect: true, attribute: 'without-tasks'}) accessor withoutTasks = false;

  /** The highlighted token: its index in the text. */
  @state() private accessor highlighted: number | undefined;
  @state() private accessor playing = false;

  #order = new WindowOrder(0, 1, 1);
  #coverage?: Coverage;
  /** How many tokens into the window the pointer holds it while dragging. */
  #held = 0;
  #passage?: {from: number; to: number};
  #timer?: ReturnType<typeof setInterval>;
  readonly #ordered = new Memo();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pause();
  }

  protected override visibleChanged(visible: boolean): void {
    if (!visible) this.#pause();
  }

  protected override request(): TextRequest | undefined {
    const {text, tokenizer, model} = this;
    if (text) return {text, tokenizer};
    return model && {text, model, spec: model.spec};
  }

  protected override async load({text, tokenizer: choice, model}: TextRequest): Promise<TokenText> {
    if (!model) return encodeGiven(text, choice as TokenizerChoice);
    const {train, contextLength, stride, tokenizer} = await modelText(model);
    return {
      tokens: train,
      tokenizer,
      asModel: {contextLength: Math.min(MAX_CONTEXT, contextLength), stride},
    };
  }

  get #t(): number {
    return Math.min(MAX_CONTEXT, Math.max(1, Math.floor(this.contextLength) || 1));
  }

  get #s(): number {
    return Math.max(1, Math.floor(this.stride) || 1);
  }

  get #seed(): number {
    return this.seed ?? this.model?.spec.seed ?? 0;
  }

  /** What the window slides over: of a model's text, the training set. */
  get #source(): TokenText | undefined {
    return this.loaded.data;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const length = this.#source?.tokens.length ?? 0;
    const seed = this.shuffle ? this.#seed : undefined;
    if (this.#ordered.changed(this.#source?.tokens, this.#t, this.#s, seed)) {
      // The window stays at the same token if possible.
      const start = this.hasUpdated && !changed.has('place') ? this.#start : undefined;
      this.#order = new WindowOrder(length, this.#t, this.#s, seed);
      this.#coverage = coverage(length, this.#t, this.#s);
      if (start !== undefined && length && !this.shuffle) this.place = this.#order.placeOf(start);
    }
    if (length)
      this.place = Math.min(Math.max(0, this.#order.count - 1), Math.max(0, Math.floor(this.place) || 0));
  }

  /** The window's first token. */
  get #start(): number | undefined {
    return this.#order.count ? this.#order.startAt(Math.min(this.place, this.#order.count - 1)) : undefined;
  }

  #go(place: number): void {
    const {count} = this.#order;
    if (!count) return;
    this.place = Math.min(count - 1, Math.max(0, place));
    this.emit('gpt-window', {start: this.#start!, place: this.place});
  }

  /** Holds the window where it is grabbed; a press beside it moves it to the pointer. */
  #grab = (token: number): void => {
    this.#pause();
    const offset = token - (this.#start ?? token);
    const inside = offset >= 0 && offset <= this.#t;
    this.#held = inside ? offset : 0;
    if (!inside) this.#go(this.#order.placeOf(token));
  };

  #onKeydown = (event: KeyboardEvent): void => {
    const leap = Math.max(10, Math.round(this.#order.count / 20));
    const {place} = this;
    const last = this.#order.count - 1;
    const further = {ArrowDown: place - 1, ArrowUp: place + 1, PageDown: place - leap, PageUp: place + leap};
    const to = keyTarget(event, further, last) ?? stepFor(event, {current: place, last});
    if (to === undefined) return;
    this.#pause();
    this.#go(to);
  };

  #play = (): void => {
    if (this.playing) {
      this.#pause();
      return;
    }
    if (this.place >= this.#order.count - 1) this.#go(0);
    this.playing = true;
    this.#timer = setInterval(() => {
      if (this.place >= this.#order.count - 1) this.#pause();
      else this.#go(this.place + 1);
    }, PLAY_MS);
  };

  #pause(): void {
    clearInterval(this.#timer);
    this.playing = false;
  }

  protected override facts(): TemplateResult | string {
    return this.text ? 'A text given by this page' : super.facts();
  }

  /** The window on show as a picture and as a table. */
  protected override footer(): FooterOptions {
    const source = this.#source;
    const start = this.#start;
    if (!source || start === undefined) return {snippet: 'windows'};
    const {tokens, tokenizer} = source;
    const {input, target} = windowAt(tokens, start, this.#t);
    return {
      snippet: 'windows',
      picture: async () =>
        (await import('./window-picture.js')).windowPicture(
          {input, target, start, tokenizer},
          this.colors.theme,
        ),
      table: () => taskRows(input, target, tokenizer),
    };
  }

  protected override renderBody(): TemplateResult {
    const source = this.#source;
    const start = this.#start;
    const problem = this.#problem;
    return html`
      ${problem ? renderProblem(problem, this.modelProblem ? this.retryModel : this.loaded.retry) : nothing}
      ${renderPlace({
        place: this.place,
        count: this.#order.count,
        playing: this.playing,
        play: this.#play,
        go: (place) => {
          this.#pause();
          this.#go(place);
        },
      })}
      ${
        source && start !== undefined
          ? this.#renderWindow(source, start)
          : html`<div class="passage empty" part="text">${this.#waiting}</div>
              <div class="exercises empty"></div>`
      }
      ${this.withoutControls ? nothing : this.#renderControls()}
      <p class="readout" part="readout">${this.#readout}</p>
      <p class="totals">${this.#totals}</p>
    `;
  }

  /** Why there is no text, as a sentence for the reader. */
  get #problem(): string | undefined {
    return (this.text ? undefined : this.modelProblem) ?? this.loaded.error;
  }

  /** In place of the window: progress, or what the text lacks. */
  get #waiting(): string {
    const source = this.#source;
    if (source)
      return `The text has ${counted(source.tokens.length, 'token')}; a window of ${this.#t} needs ${this.#t + 1}.`;
    if (this.#problem) return '';
    return `${this.model?.loading?.message ?? 'Reading the text'} …`;
  }

  #renderWindow(source: TokenText, start: number): TemplateResult {
    const {tokens, tokenizer} = source;
    const {input, target} = windowAt(tokens, start, this.#t);
    this.#passage = passageAround(start, this.#t, tokens.length, this.#room(source), this.#passage);
    const position = this.highlighted === undefined ? -1 : this.highlighted - start;
    const view: TablesView = {
      input,
      target,
      tokenizer,
      tasks: this.withoutTasks ? [] : predictionTasks(input, target, tokenizer),
      highlighted: position >= 0 && position < this.#t ? position : undefined,
      point: (at) => (this.highlighted = at === undefined ? undefined : start + at),
    };
    return html`
      ${renderPassage({
        ...source,
        ...this.#passage,
        start,
        contextLength: this.#t,
        next: this.place + 1 < this.#order.count ? this.#order.startAt(this.place + 1) : undefined,
        highlighted: this.highlighted,
        point: (token) => (this.highlighted = token),
        grab: this.#grab,
        drag: (token) => this.#go(this.#order.placeOf(token - this.#held)),
        keydown: this.#onKeydown,
        place: this.place,
        count: this.#order.count,
        valueText: `Window ${whole(this.place + 1)}, from token ${whole(start)}: ${tokenizer.decode(input)}`,
      })}
      <p class="legend" aria-hidden="true">
        <span><i class="t input first last"></i> input</span> <span><i class="t next"></i> the last target</span>
        <span><i class="t then"></i> the next window</span>
      </p>
      <div class="exercises">${renderAligned(view)} ${this.withoutTasks ? nothing : renderTasks(view)}</div>
    `;
  }

  /** How many tokens fill the lines of the passage. */
  #room({tokens, tokenizer}: TokenText): number {
    const sample = tokens.subarray(0, 500);
    const perToken = tokenizer.decode(sample).length / sample.length;
    return Math.max(20, Math.floor((LINES * this.size.width) / (CHARACTER_PX * perToken)));
  }

  /** A long window scrolls inside the passage; its beginning stays in view. */
  protected override updated(): void {
    const passage = this.renderRoot.querySelector<HTMLElement>('.passage')!;
    const first = passage.querySelector<HTMLElement>('.first');
    if (!first || passage.scrollHeight <= passage.clientHeight) return;
    const top = first.offsetTop - passage.offsetTop;
    const inView =
      top >= passage.scrollTop && top < passage.scrollTop + passage.clientHeight - first.offsetHeight;
    if (!inView) passage.scrollTop = top - first.offsetHeight;
  }

  #renderControls(): TemplateResult {
    return renderControls({
      contextLength: this.#t,
      stride: this.#s,
      shuffle: this.shuffle,
      seed: this.#seed,
      asModel: this.text ? undefined : this.#source?.asModel,
      change: (change) => Object.assign(this, change),
    });
  }

  /** Describes the highlighted token, or the window. */
  get #readout(): TemplateResult | string {
    const source = this.#source;
    const start = this.#start;
    return source && start !== undefined
      ? windowWords({...source, start, contextLength: this.#t, highlighted: this.highlighted})
      : '';
  }

  /** How often an epoch of these windows reads the text. */
  get #totals(): string {
    const length = this.#source?.tokens.length;
    return length && this.#coverage?.windows ? coverageWords(this.#coverage, length, this.#t, this.#s) : '';
  }
}

define('sliding-window', SlidingWindow);

declare global {
  interface HTMLElementTagNameMap {
    'sliding-window': SlidingWindow;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-window': CustomEvent<{start: number; place: number}>;
  }
}
