import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {Candidate, GeneratedToken, LiveModel} from '../../state/index.js';
import {BriefMessage} from '../../ui/base/brief-message.js';
import {define} from '../../ui/base/define.js';
import {type FooterOptions, GptElement, type Picture} from '../../ui/base/gpt-element.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {indexFor} from '../../ui/base/stepping.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {VisibleController} from '../../ui/base/visible-controller.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {copyText} from '../../ui/export/copy-text.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {startWhenIdle} from '../../ui/model/start-when-idle.js';
import {renderBars} from './bars.js';
import {renderNumbers} from './numbers.js';
import {renderReadout} from './readout.js';
import {renderSampling} from './sampling-controls.js';
import {styles} from './text-generator.styles.js';
import {renderTokens} from './tokens.js';
import {type Sampling, Writer} from './writer.js';

/** Milliseconds between two looks at what comes next while the model trains, and between two live texts. */
const LOOK_AGAIN_MS = 1000;
const WRITE_AGAIN_MS = 4000;

const COPIED = 'Copied';

/**
 * What would the model write next, and how sure is it? Writes on from a prompt, token by token. Every token shows what
 * else it could have been, and can be exchanged: the model then writes on from there.
 *
 * @summary Continues a prompt, and shows how probable every token was and what else was likely.
 * @group generation
 * @event {CustomEvent<GeneratedToken>} gpt-token - A token was written: `{id, text, probability, candidates}`.
 * @event {CustomEvent<{prompt: string, text: string}>} gpt-text - A text is finished, or was stopped.
 * @slot lead - Replaces the sentence above.
 * @csspart lead - The sentence above.
 * @csspart prompt - The field for the prompt.
 * @csspart actions - The buttons.
 * @csspart sampling - Temperature, top-k and top-p.
 * @csspart text - The prompt and what was written.
 * @csspart bars - The likeliest tokens at one place.
 * @csspart readout - The line that says in words what is shown.
 * @csspart footer - Facts and the embed button.
 * @cssproperty --gpt-attention - Probabilities: bars and underlines.
 */
export class TextGenerator extends GptElement {
  static override styles = [...GptElement.styles, styles];
  static override lead =
    'How does a model write? It gives every token a probability of coming next, draws one, adds it to the text, and starts again.';

  /** The text to go on from. May be empty: the model then starts as after the end of a line. */
  @property({reflect: true}) accessor prompt = '';
  /** Below 1 the likely becomes likelier; 0 always takes the likeliest; above 1 the unlikely gets its chance. */
  @property({type: Number, reflect: true}) accessor temperature = 0.8;
  /** Only the k likeliest tokens may be drawn. Default: all. */
  @property({type: Number, reflect: true, attribute: 'top-k'}) accessor topK: number | undefined;
  /** Only the likeliest tokens that together have this probability may be drawn. Default: all. */
  @property({type: Number, reflect: true, attribute: 'top-p'}) accessor topP: number | undefined;
  /** The same seed draws the same text. */
  @property({type: Number, reflect: true}) accessor seed = 1;
  /** How many tokens to write. */
  @property({type: Number, reflect: true, attribute: 'max-new-tokens'}) accessor maxNewTokens = 120;
  /** Writes anew after each evaluation while the model trains, as long as it is seen. */
  @property({type: Boolean, reflect: true}) accessor live = false;
  /** Leaves out the field for the prompt. */
  @property({type: Boolean, reflect: true, attribute: 'without-prompt'}) accessor withoutPrompt = false;
  /** Leaves out temperature, top-k, top-p, length and seed. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the bars. */
  @property({type: Boolean, reflect: true, attribute: 'without-bars'}) accessor withoutBars = false;

  /** The token whose alternatives are shown; `undefined`: what comes next. */
  @state() private accessor selected: number | undefined;
  /** Texts that were replaced by another choice, newest last. */
  @state() private accessor earlier: readonly (readonly GeneratedToken[])[] = [];
  @state() private accessor message = '';

  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #copying = new BriefMessage(this);
  #lookTimer?: ReturnType<typeof setTimeout>;
  #lastLive = Number.NEGATIVE_INFINITY;
  #following?: AbortController;
  readonly #writer = new Writer({
    onChange: () => this.requestUpdate(),
    onToken: (detail) => this.emit('gpt-token', detail),
  });
  readonly #visible = new VisibleController(this, (visible) => {
    if (visible) this.#look();
    else this.#stopTimer();
  });
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-status', 'gpt-loading'], (model) =>
    this.#follow(model),
  );

  get #model(): LiveModel | undefined {
    return this.#models.model;
  }

  get #sampling(): Sampling {
    const {temperature, topK, topP, seed} = this;
    return {temperature, ...(topK != null && {topK}), ...(topP != null && {topP}), seed};
  }

  /** What was written, without the prompt. */
  get text(): string {
    return this.#writer.tokens.map(({text}) => text).join('');
  }

  /** Writes `max-new-tokens` tokens after the prompt. Resolves when they are there, or writing was stopped. */
  async generate(): Promise<void> {
    await this.#models.whenFound();
    this.earlier = [];
    await this.#write([], this.maxNewTokens);
  }

  /** Ends writing; the text so far stays. */
  stop(): void {
    this.#writer.stop();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopTimer();
    this.#writer.stop();
  }

  #stopTimer(): void {
    clearTimeout(this.#lookTimer);
    this.#lookTimer = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const promptChanged = changed.has('prompt') && changed.get('prompt') !== undefined;
    if (promptChanged) {
      this.#writer.replace([]);
      this.selected = undefined;
      this.earlier = [];
    }
    if (promptChanged || changed.has('temperature') || changed.has('topK') || changed.has('topP'))
      this.#look();
  }

  #follow(model: LiveModel | undefined): void {
    this.#following?.abort();
    this.#writer.replace([]);
    this.selected = undefined;
    this.earlier = [];
    if (!model) return;
    this.#following = new AbortController();
    const {signal} = this.#following;
    model.addEventListener('gpt-weights', this.#lookSoon, {signal});
    model.addEventListener('gpt-eval', this.#writeLive, {signal});
    let {spec} = model;
    const onFacts = () => {
      if (model.spec === spec) return;
      spec = model.spec;
      this.#writer.replace([]); // ids of one vocabulary mean nothing in another
      this.selected = undefined;
      this.earlier = [];
    };
    model.addEventListener('gpt-facts', onFacts, {signal});
    this.#look();
  }

  #look(): void {
    const model = this.#model;
    if (!model || !this.#visible.visible || this.withoutBars) return;
    this.#writer.look(model, this.prompt, this.#sampling);
  }

  /** The weights have changed: the bars follow, but not faster than one can see. */
  #lookSoon = (): void => {
    if (this.#lookTimer !== undefined || !this.#visible.visible) return;
    this.#lookTimer = setTimeout(() => {
      this.#lookTimer = undefined;
      this.#look();
    }, LOOK_AGAIN_MS);
  };

  #writeLive = (): void => {
    const busy = this.#writer.writing || this.selected !== undefined;
    if (!this.live || busy || !this.#visible.visible || performance.now() - this.#lastLive < WRITE_AGAIN_MS)
      return;
    this.#lastLive = performance.now();
    void this.#write([], this.maxNewTokens);
  };

  async #write(after: readonly GeneratedToken[], count: number): Promise<void> {
    const model = this.#model;
    if (!model) return;
    this.selected = undefined;
    this.message = '';
    const finished = await this.#writer.write(model, this.prompt, after, count, this.#sampling);
    if (!this.isConnected || this.#writer.writing) return;
    this.emit('gpt-text', {prompt: this.prompt, text: this.text});
    if (this.#writer.problem) return;
    if (finished) this.message = `The model wrote: ${this.text}`;
    this.#look();
  }

  /** Puts another token in a place: the rest is written anew from there. */
  #exchange(index: number, {id, text, probability}: Candidate): void {
    const {tokens, next} = this.#writer;
    const candidates = [...(tokens[index]?.candidates ?? next ?? [])];
    if (tokens.length) this.earlier = [...this.earlier, tokens];
    const kept = [...tokens.slice(0, index), {id, text, probability, candidates}];
    // At the end a reader picks token by token; in the middle the model writes the rest.
    if (index === tokens.length) {
      this.#writer.replace(kept);
      this.#look();
      this.requestUpdate();
    } else void this.#write(kept, Math.max(1, tokens.length - kept.length));
  }

  #undo = (): void => {
    const tokens = this.earlier.at(-1);
    if (!tokens) return;
    this.earlier = this.earlier.slice(0, -1);
    this.selected = undefined;
    this.#writer.replace(tokens);
    this.#look();
  };

  #retry = (): void => {
    const {tokens, unwritten} = this.#writer;
    if (unwritten) void this.#write(tokens, unwritten);
    else this.#look();
  };

  #reroll = (): void => {
    this.seed = Math.floor(Math.random() * 10_000);
    void this.generate();
  };

  #copy = async (): Promise<void> => {
    const copied = await copyText(this.prompt + this.text);
    this.#copying.show(
      copied ? COPIED : 'The browser did not allow copying. Select the text and copy it yourself.',
    );
  };

  #onKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.selected = undefined;
    const to = indexFor(event, this.selected ?? 0, this.#writer.tokens.length);
    if (to !== undefined) this.renderRoot.querySelectorAll<HTMLElement>('.token')[to]?.focus();
  };

  protected override facts(): string {
    return modelFacts(this, this.#model);
  }

  protected override footer(): FooterOptions {
    const {tokens, next} = this.#writer;
    return {snippet: 'sampling', picture: next && (() => this.#picture(tokens, next))};
  }

  async #picture(tokens: readonly GeneratedToken[], candidates: readonly Candidate[]): Promise<Picture> {
    const {generatorPicture} = await import('./generator-picture.js');
    const text = this.prompt + tokens.map((token) => token.text).join('');
    return generatorPicture({text, candidates, width: this.#size.width, theme: this.#colors.theme});
  }

  protected override get isWaiting(): boolean {
    const {tokens, next, writing, problem} = this.#writer;
    return !this.withoutBars && !next && !tokens.length && !writing && !problem && !this.#models.problem;
  }

  protected override updated(): void {
    if (this.#model && this.#writer.next) startWhenIdle(this.#model);
  }

  protected override renderBody(): TemplateResult {
    const {tokens, writing, problem} = this.#writer;
    const error = this.#models.problem ?? problem;
    return html`
      ${
        this.withoutPrompt
          ? nothing
          : html`<label class="ask" part="prompt"
              ><span>Prompt</span>
              <textarea
                rows="1"
                spellcheck="false"
                placeholder="Empty: the model starts a new line"
                .value=${this.prompt}
                @input=${(event: InputEvent) => (this.prompt = (event.target as HTMLTextAreaElement).value)}
                @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && this.generate()}
              ></textarea>
            </label>`
      }
      ${error ? renderProblem(error, this.#models.problem ? this.#models.retry : this.#retry) : nothing}
      <div class="writing ${this.withoutBars ? 'alone' : ''}">
        ${this.withoutBars ? nothing : this.#renderBars()}
        <div>
          ${this.#renderActions()}
          ${renderTokens({
            prompt: this.prompt,
            tokens,
            selected: this.selected,
            current: Math.min(this.selected ?? 0, tokens.length - 1),
            writing,
            select: (index) => (this.selected = index),
            keydown: this.#onKeydown,
          })}
        </div>
      </div>
      <p class="readout" part="readout">${renderReadout({
        model: this.#model,
        writer: this.#writer,
        selected: this.selected,
        prompt: this.prompt,
      })}</p>
      ${this.withoutControls ? nothing : this.#renderControls()}
      <div class="visually-hidden" role="status">${this.message}</div>
    `;
  }

  #renderActions(): TemplateResult {
    const {tokens, writing} = this.#writer;
    const {content} = this.#copying;
    const copied = content === COPIED;
    return html`<div class="actions" part="actions">
      <button class="primary ${writing ? 'writing' : ''}" ?disabled=${!this.#model} @click=${() => (writing ? this.stop() : void this.generate())}>
        ${writing ? 'Stop' : 'Generate'}
      </button>
      <button ?disabled=${writing || !tokens.length} @click=${() => this.#write(tokens, this.maxNewTokens)}>Continue</button>
      <button ?disabled=${!this.earlier.length} @click=${this.#undo}>Undo</button>
      <button ?disabled=${!tokens.length} @click=${this.#copy}>${copied ? COPIED : 'Copy'}</button>
      <span class=${copied ? 'visually-hidden' : ''} role="status">${content}</span>
    </div>`;
  }

  #renderBars(): TemplateResult {
    const {tokens, next, writing} = this.#writer;
    const index = this.selected ?? (writing ? tokens.length - 1 : tokens.length);
    const token = tokens[index];
    const title = token
      ? this.selected === undefined
        ? 'Being drawn'
        : 'What else could have come here: choose another'
      : 'What comes next: choose one, or let the model draw';
    return renderBars({
      title,
      candidates: token?.candidates ?? next ?? [],
      chosen: token?.id,
      choose:
        writing && this.selected === undefined ? undefined : (candidate) => this.#exchange(index, candidate),
    });
  }

  #renderControls(): TemplateResult {
    const {temperature, topK, topP, seed, maxNewTokens} = this;
    const change = (values: Partial<Sampling & {maxNewTokens: number}>) => Object.assign(this, values);
    return html`
      ${renderSampling({temperature, topK, topP, seed, vocabSize: this.#model?.config?.vocabSize ?? 100, change})}
      ${renderNumbers({maxNewTokens, seed, change, reroll: this.#reroll})}
    `;
  }
}

define('text-generator', TextGenerator);

declare global {
  interface HTMLElementTagNameMap {
    'text-generator': TextGenerator;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-token': CustomEvent<GeneratedToken>;
    'gpt-text': CustomEvent<{prompt: string; text: string}>;
  }
}
