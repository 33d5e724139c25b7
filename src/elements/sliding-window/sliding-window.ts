import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {type Coverage, coverage, windowAt} from '../../data/windows.js';
import type {TokenizerChoice} from '../../tokenizers/tokenizer.js';
import {define} from '../../ui/base/define.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {LegacyElement} from '../../ui/base/legacy-element.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {TextController} from '../../ui/base/text-controller.js';
import {VisibleController} from '../../ui/base/visible-controller.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {GivenText, type TokenText} from './given-text.js';
import {styles} from './sliding-window.styles.js';
import {renderControls} from './window-controls.js';
import {WindowOrder} from './window-order.js';
import {passageAround, renderPassage} from './window-passage.js';
import {renderPlace} from './window-place.js';
import {renderAligned, renderTasks, type TablesView} from './window-tables.js';
import {predictionTasks, taskRows} from './window-tasks.js';
import {counted, coverageWords, whole, windowWords} from './window-words.js';

/** Milliseconds between two windows while playing: slow enough to read. */
const PLAY_MS = 900;
const LONGEST = 256;
/** Lines of text on show, and CSS pixels of a character in them. */
const LINES = 4.5;
const CHARACTER_PX = 9.1;

/**
 * How does a text become exercises? A window slides over it; every position of the window asks for the token that comes
 * next. The windows are cut by the code that training uses.
 *
 * Shows `text` where one is given; else the text that the model (`for`, an ancestor `<gpt-model>`, the page's default
 * model) learns from, in the model's tokens. Starts no engine, unless the model
 * comes trained.
 *
 * @summary A window over the text: input, shifted target, and one prediction task for each position.
 * @group ids → batches
 * @event {CustomEvent<{start: number, place: number}>} gpt-window - The window stands elsewhere: its first token, and its place in the order.
 * @slot lead - Replaces the sentence above.
 * @csspart lead - The sentence above.
 * @csspart text - The text with the window on it.
 * @csspart aligned - Input and target, position by position.
 * @csspart tasks - The prediction tasks.
 * @csspart controls - Context length, stride, order.
 * @csspart readout - The line that says what is notable or pointed at.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-query - The window’s input.
 * @cssproperty --gpt-key - The targets.
 */
export class SlidingWindow extends LegacyElement {
  static override styles = [...LegacyElement.styles, styles];

  /** A text of one's own; without it, what the model learns from. */
  @property({reflect: true}) accessor text = '';
  /** What turns `text` into tokens: `char`, `gpt2`, `cl100k_base` or `o200k_base`. */
  @property({reflect: true}) accessor tokenizer: string | TokenizerChoice = 'char';
  /** T: tokens a window, 1 … 256. */
  @property({type: Number, reflect: true, attribute: 'context-length'}) accessor contextLength = 8;
  /** Tokens from one window's start to the next. */
  @property({type: Number, reflect: true}) accessor stride = 4;
  /** Takes the windows in the order of a training run instead of the text's. */
  @property({type: Boolean, reflect: true}) accessor shuffle = false;
  /** Fixes the shuffled order. Default: the model's seed, else 0. */
  @property({type: Number, reflect: true}) accessor seed: number | undefined;
  /** The window on show, counted from 0 in the order taken. */
  @property({type: Number, reflect: true}) accessor place = 0;
  /** Leaves out context length, stride and order. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the tasks written out. */
  @property({type: Boolean, reflect: true, attribute: 'without-tasks'}) accessor withoutTasks = false;

  /** The token of the text that is pointed at. */
  @state() private accessor highlighted: number | undefined;
  @state() private accessor playing = false;

  #order = new WindowOrder(0, 1, 1);
  #coverage?: Coverage;
  /** How many tokens into the window it is held while it is dragged. */
  #held = 0;
  #passage?: {from: number; to: number};
  #timer?: ReturnType<typeof setInterval>;
  readonly #ordered = new Memo();
  readonly #given = new GivenText(this);
  readonly #texts = new TextController(this);
  readonly #size = new SizeController(this);
  readonly #visible = new VisibleController(this, (visible) => {
    if (!visible) this.#pause();
    this.requestUpdate();
  });
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-status', 'gpt-loading']);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pause();
  }

  get #t(): number {
    return Math.min(LONGEST, Math.max(1, Math.floor(this.contextLength) || 1));
  }

  get #s(): number {
    return Math.max(1, Math.floor(this.stride) || 1);
  }

  get #seed(): number {
    return this.seed ?? this.#models.model?.spec.seed ?? 0;
  }

  /** What the window slides over: the part that is trained on. */
  get #source(): TokenText | undefined {
    if (this.text) return this.#given.text;
    const {text} = this.#texts;
    return text && {tokens: text.train, tokenizer: text.tokenizer};
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.text) this.#given.want(this.text, this.tokenizer);
    else if (this.#visible.visible) this.#texts.want(this.#models.model);
    const length = this.#source?.tokens.length ?? 0;
    const seed = this.shuffle ? this.#seed : undefined;
    if (this.#ordered.changed(this.#source?.tokens, this.#t, this.#s, seed)) {
      // The reader keeps the place in the text where possible.
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
    this.dispatchEvent(
      new CustomEvent('gpt-window', {
        detail: {start: this.#start!, place: this.place},
        bubbles: true,
        composed: true,
      }),
    );
  }

  /** A window is held where it is grabbed; beside it, it comes to the pointer. */
  #grab = (token: number): void => {
    this.#pause();
    const offset = token - (this.#start ?? token);
    const inside = offset >= 0 && offset <= this.#t;
    this.#held = inside ? offset : 0;
    if (!inside) this.#go(this.#order.placeOf(token));
  };

  #onKeydown = (event: KeyboardEvent): void => {
    const leap = Math.max(10, Math.round(this.#order.count / 20));
    const to = {
      ArrowLeft: this.place - 1,
      ArrowDown: this.place - 1,
      ArrowRight: this.place + 1,
      ArrowUp: this.place + 1,
      PageDown: this.place - leap,
      PageUp: this.place + leap,
      Home: 0,
      End: this.#order.count - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
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

  protected override render(): TemplateResult {
    const source = this.#source;
    const start = this.#start;
    const problem = this.#problem;
    return html`
      ${this.renderLead('A window slides over the text. What it shows is the input; the same tokens, one place further on, are the targets. So every position of every window is an exercise: what comes next?')}
      ${problem ? html`<p class="error" role="alert">${problem}</p>` : nothing}
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
          : html`<div class="passage waiting" part="text">${this.#waiting}</div>
              <div class="exercises waiting"></div>`
      }
      ${this.withoutControls ? nothing : this.#renderControls()}
      <p class="readout" part="readout">${this.#readout}</p>
      <p class="totals">${this.#totals}</p>
      ${this.renderFooter(this.text ? 'A text given by this page' : modelFacts(this.#models.model), {
        snippet: 'windows',
        ...(source && start !== undefined ? this.#exports(source, start) : {}),
      })}
    `;
  }

  /** The window on show as a picture and as a table. */
  #exports({tokens, tokenizer}: TokenText, start: number): FooterOptions {
    const {input, target} = windowAt(tokens, start, this.#t);
    return {
      picture: async () => {
        const [{windowPicture}, {readTheme}] = await Promise.all([
          import('./window-picture.js'),
          import('../../viz/theme.js'),
        ]);
        return windowPicture({input, target, start, tokenizer}, readTheme(this));
      },
      table: () => taskRows(input, target, tokenizer),
    };
  }

  /** Why there is no text, for the reader. */
  get #problem(): string | undefined {
    return this.text ? this.#given.problem : (this.#models.problem ?? this.#texts.problem);
  }

  /** What stands in the place of the window: how far reading is, or what the text lacks. */
  get #waiting(): string {
    const source = this.#source;
    if (source)
      return `The text has ${counted(source.tokens.length, 'token')}; a window of ${this.#t} needs ${this.#t + 1}.`;
    if (this.#problem) return '';
    return `${this.#models.model?.loading?.message ?? 'Reading the text'} …`;
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

  /** So many tokens fill the lines of the passage. */
  #room({tokens, tokenizer}: TokenText): number {
    const sample = tokens.subarray(0, 500);
    const perToken = tokenizer.decode(sample).length / sample.length;
    return Math.max(20, Math.floor((LINES * this.#size.width) / (CHARACTER_PX * perToken)));
  }

  /** A long window scrolls inside the passage: its beginning is kept in sight. */
  protected override updated(): void {
    const passage = this.renderRoot.querySelector<HTMLElement>('.passage')!;
    const first = passage.querySelector<HTMLElement>('.first');
    if (!first || passage.scrollHeight <= passage.clientHeight) return;
    const top = first.offsetTop - passage.offsetTop;
    const inSight =
      top >= passage.scrollTop && top < passage.scrollTop + passage.clientHeight - first.offsetHeight;
    if (!inSight) passage.scrollTop = top - first.offsetHeight;
  }

  #renderControls(): TemplateResult {
    const model = this.text ? undefined : this.#texts.text;
    return renderControls({
      contextLength: this.#t,
      stride: this.#s,
      shuffle: this.shuffle,
      seed: this.#seed,
      asModel: model && {contextLength: Math.min(LONGEST, model.contextLength), stride: model.stride},
      change: (change) => Object.assign(this, change),
    });
  }

  /** What is pointed at, or the window on show, in words. */
  get #readout(): TemplateResult | string {
    const source = this.#source;
    const start = this.#start;
    return source && start !== undefined
      ? windowWords({...source, start, contextLength: this.#t, highlighted: this.highlighted})
      : '';
  }

  /** What an epoch of such windows does to the text. */
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
  interface HTMLElementEventMap {
    'gpt-window': CustomEvent<{start: number; place: number}>;
  }
}
