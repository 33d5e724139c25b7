import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {byteString, type MergeStep, mergeSteps} from '../../tokenizers/merge-steps.js';
import {type Merging, type Piece, piecesOf} from '../../tokenizers/merging.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {define} from '../../ui/base/define.js';
import {LegacyElement} from '../../ui/base/legacy-element.js';

import {VisibleController} from '../../ui/base/visible-controller.js';
import {copyText} from '../../ui/export/embed.js';
import {
  isEncoding,
  namesModel,
  renderTokenizerState,
  TokenizerController,
  type TokenizerName,
} from '../../ui/model/tokenizer-controller.js';
import {hex, MAX_CHIPS, renderChips, visibleBytes} from '../../ui/views/token-chips.js';
import {chipStyles} from '../../ui/views/token-chips.styles.js';
import {spanAt, spanOf, type TokenSpan} from '../../ui/views/token-spans.js';
import {
  type EncodedText,
  encodeShort,
  LONGEST_EDITED,
  type TokenizerSource,
} from '../../ui/views/token-text.js';
import {styles} from './bpe-tokenizer.styles.js';
import type {LongText} from './long-text.js';
import {renderMergePanel} from './merge-panel.js';
import {renderTextBox} from './text-box.js';

const EXAMPLE =
  'Tokenizers cut words into pieces: untokenizable.\nNaïve café 😀 12345 + 67890\n<|endoftext|>Another document.';

const ENCODINGS: readonly {name: TokenizerName | 'char'; label: string}[] = [
  {name: 'gpt2', label: 'gpt2 (GPT-2)'},
  {name: 'cl100k_base', label: 'cl100k_base (GPT-4)'},
  {name: 'o200k_base', label: 'o200k_base (GPT-4o)'},
  {name: 'char', label: 'characters of this text'},
  {name: 'model', label: 'this page’s model'},
];

/** 12345 → “12,345”. */
const whole = (value: number): string => value.toLocaleString('en');

/**
 * How does a model read? A text is cut into tokens, and each token has a number. Type, and see the tokens, their ids and
 * their bytes change; move the caret into a word, and see how byte-pair encoding put it together, merge by merge.
 *
 * @summary Type and see the tokens: ids, bytes, and how each word was merged.
 * @group text → ids
 * @event {CustomEvent<{text: string, ids: ArrayLike<number>}>} gpt-tokens - A text was encoded.
 * @slot lead - Replaces the sentence above.
 * @csspart lead - The sentence above.
 * @csspart input - The field for the text.
 * @csspart tokens - The tokens with their ids.
 * @csspart counts - Counts of characters, bytes and tokens.
 * @csspart readout - The line that says in words which token is highlighted.
 * @csspart merges - How the word under the cursor was merged.
 * @csspart footer - Facts, code and the embed button.
 * @cssproperty --gpt-token-1 - The first of the eight colors of tokens (to `--gpt-token-8`).
 */
export class BpeTokenizer extends LegacyElement {
  static override styles = [...LegacyElement.styles, chipStyles, styles];

  /** The text to encode. */
  @property() accessor text = EXAMPLE;
  /**
   * `gpt2`, `cl100k_base`, `o200k_base`, `char` (one token for each different character of the text) or `model` (the
   * tokenizer of the page's model). Default: `model` where the element stands in a `<gpt-model>` or names one, else `gpt2`.
   */
  @property({reflect: true}) accessor encoding = '';
  /** Special tokens that the text names, such as `<|endoftext|>`, are taken as such, and not as ordinary text. */
  @property({type: Boolean, reflect: true, attribute: 'allow-special'}) accessor allowSpecial = false;
  /** The character whose word is shown merge by merge. Default: the first word that is more than one token. */
  @property({type: Number}) accessor cursor: number | undefined;
  /** How many merges of this word are done. Default: all. */
  @property({type: Number}) accessor step: number | undefined;

  /** Leaves out the field: the text is the author's. */
  @property({type: Boolean, reflect: true, attribute: 'without-input'}) accessor withoutInput = false;
  /** Leaves out the choice of the encoding and of special tokens. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the ids below the tokens. */
  @property({type: Boolean, reflect: true, attribute: 'without-ids'}) accessor withoutIds = false;
  /** Leaves out the merges of the word under the cursor. */
  @property({type: Boolean, reflect: true, attribute: 'without-merges'}) accessor withoutMerges = false;

  @state() private accessor encoded: EncodedText | undefined;
  /** What is wrong with the text, for the reader. */
  @state() private accessor problem = '';
  @state() private accessor hovered: TokenSpan | undefined;
  @state() private accessor long: LongText | undefined;
  @state() private accessor message = '';

  #renderLongField?: typeof import('./long-text.js').renderLongField;
  /** The text before the paste that made it too long. */
  #before?: string;
  /** What the text was last encoded with. */
  #encoder?: TokenizerSource;
  #fromCharacters?: (vocab: string[]) => Tokenizer;
  readonly #source = new TokenizerController(this);
  readonly #visible = new VisibleController(this, (visible) => visible && this.requestUpdate());

  /** What `encoding` comes to. */
  get #choice(): TokenizerName | 'char' {
    const {encoding} = this;
    if (isEncoding(encoding) || encoding === 'char' || encoding === 'model') return encoding;
    return encoding === '' && namesModel(this) ? 'model' : 'gpt2';
  }

  get #special(): readonly string[] {
    const {tokenizer} = this.#source;
    return this.allowSpecial && tokenizer ? [...tokenizer.specialTokens.keys()] : [];
  }

  /** The ids of the text, once it is encoded. */
  get ids(): ArrayLike<number> | undefined {
    return this.encoded?.ids;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.long?.stop();
    this.#source.none();
    this.#encoder = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('cursor') && changed.get('cursor') !== undefined && !changed.has('step'))
      this.step = undefined;
    // Nothing is loaded for an element that nobody sees; what is loaded once stays.
    if (!this.#visible.visible && !this.encoded) return;
    const choice = this.#choice;
    if (choice === 'char') this.#source.none();
    else this.#source.use(choice);
    const source = choice === 'char' ? this.#fromCharacters : this.#source.tokenizer;
    if (choice === 'char' && !source) void this.#loadCharacters();
    if (!changed.has('text') && !changed.has('allowSpecial') && source === this.#encoder) return;
    this.#encoder = source;
    this.long?.stop();
    this.hovered = undefined;
    this.problem = '';
    if (!source) this.encoded = undefined;
    else if (this.text.length > LONGEST_EDITED) this.#encodeLong(source);
    else this.#take(() => encodeShort(this.text, source, this.#special));
  }

  #take(encode: () => EncodedText): void {
    try {
      this.encoded = encode();
      const {text, ids} = this.encoded;
      this.dispatchEvent(new CustomEvent('gpt-tokens', {detail: {text, ids}, bubbles: true, composed: true}));
    } catch (error) {
      this.encoded = undefined;
      this.problem = (error as Error).message;
    }
  }

  async #encodeLong(source: TokenizerSource): Promise<void> {
    const {text} = this;
    this.encoded = undefined;
    try {
      const {LongText, renderLongField} = await import('./long-text.js');
      this.#renderLongField = renderLongField;
      this.long ??= new LongText(() => this.requestUpdate());
      const encoded = text === this.text ? await this.long.encode(text, source, this.#special) : undefined;
      if (encoded) this.#take(() => encoded);
    } catch (error) {
      this.problem = (error as Error).message;
    }
  }

  async #loadCharacters(): Promise<void> {
    const {CharTokenizer} = await import('../../tokenizers/char.js');
    this.#fromCharacters = (vocab) => new CharTokenizer(vocab);
    this.requestUpdate();
  }

  #stop = (): void => {
    this.long?.stop();
    this.problem = 'Encoding was stopped. Keep a part of the text, or choose an encoding.';
  };

  #edit = (text: string): void => {
    if (this.text.length <= LONGEST_EDITED && text.length > LONGEST_EDITED) this.#before = this.text;
    this.text = text;
    this.cursor = Math.min(this.cursor ?? 0, Math.max(0, text.length - 1));
    this.step = undefined;
  };

  /** The highlighted token: the one that is pointed at, else the one at the cursor. */
  get #highlighted(): TokenSpan | undefined {
    return this.hovered ?? this.#atCursor;
  }

  get #atCursor(): TokenSpan | undefined {
    const {encoded, cursor} = this;
    return encoded && cursor !== undefined ? spanAt(encoded.spans, cursor) : undefined;
  }

  protected override updated(): void {
    // Only where it differs: setting it would take the field's undo away.
    const field = this.renderRoot.querySelector<HTMLTextAreaElement>('textarea');
    if (field && field.value !== this.text) field.value = this.text;
  }

  protected override render(): TemplateResult {
    return html`
      ${this.renderLead('A model reads numbers, not letters: a text is cut into tokens, and each token has a number, its id.')}
      ${this.withoutControls ? nothing : this.#renderControls()} ${this.withoutInput ? nothing : this.#renderInput()}
      <div class="tokens">${this.#renderTokens()}</div>
      ${this.#renderCounts()}
      <p class="readout" part="readout">${this.#readout()}</p>
      ${this.withoutMerges ? nothing : this.#renderMerges()}
      <div class="visually-hidden" role="status">${this.message}</div>
      ${this.renderFooter(this.#facts, {snippet: 'merge-steps'})}
    `;
  }

  #renderControls(): TemplateResult {
    const choice = this.#choice;
    const [name] = this.#source.tokenizer?.specialTokens.keys() ?? [];
    return html`<div class="controls">
      <label
        >Encoding
        <select @change=${(event: Event) => (this.encoding = (event.target as HTMLSelectElement).value)}>
          ${ENCODINGS.map(({name, label}) => html`<option value=${name} ?selected=${name === choice}>${label}</option>`)}
        </select></label
      >
      <label
        ><input
          type="checkbox"
          .checked=${this.allowSpecial}
          ?disabled=${!name}
          @change=${(event: Event) => (this.allowSpecial = (event.target as HTMLInputElement).checked)}
        /><span>Special tokens, such as <code>${name ?? '<|endoftext|>'}</code>, count as one</span></label
      >
    </div>`;
  }

  #renderInput(): TemplateResult | undefined {
    const {text} = this;
    if (text.length > LONGEST_EDITED) {
      const before = this.#before;
      return this.#renderLongField?.({
        text,
        undo: before === undefined ? undefined : () => this.#edit(before),
        edit: this.#edit,
      });
    }
    return html`<label class="ask" for="text">Text</label>${renderTextBox({
      text,
      // While the next tokens are on their way, the last ones fit the text no longer.
      spans: this.encoded?.text === text ? this.encoded.spans : [],
      highlighted: this.#highlighted,
      edit: this.#edit,
      caret: (character) => (this.cursor = character),
      hover: (span) => (this.hovered = span),
    })}`;
  }

  #renderTokens(): TemplateResult | typeof nothing {
    const problem = this.problem;
    if (problem) return html`<p class="error" role="alert">${problem}</p>`;
    const {encoded} = this;
    if (!encoded)
      return html`${renderTokenizerState(this.#source)}${this.long?.renderProgress(this.text, this.#stop)}`;
    if (encoded.ids.length === 0) return html`<p class="hint">No text, no tokens.</p>`;
    const {ids, tokenizer, spans} = encoded;
    return html`${renderChips({
      label: 'Tokens and their ids',
      ids,
      tokenizer,
      withIds: !this.withoutIds,
      highlighted: this.#highlighted?.first,
      current: this.#atCursor?.first ?? 0,
      hover: (index) => (this.hovered = index === undefined ? undefined : spanOf(spans, index)),
      choose: (index) => (this.cursor = spanOf(spans, index)?.start ?? this.cursor),
    })}${
      ids.length > MAX_CHIPS
        ? html`<p class="hint">
            The first ${whole(MAX_CHIPS)} of ${whole(ids.length)} tokens are drawn; all are counted and copied.
          </p>`
        : nothing
    }`;
  }

  #renderCounts(): TemplateResult {
    const {encoded} = this;
    const count = (label: string, value: string | undefined) =>
      html`<div><dt>${label}</dt><dd class="number">${value ?? '–'}</dd></div>`;
    const each =
      encoded && encoded.ids.length > 0 ? (encoded.bytes / encoded.ids.length).toFixed(2) : undefined;
    return html`<div class="summary" part="counts">
      <dl>
        ${count('characters', encoded && whole(encoded.characters))}
        ${count('bytes', encoded && whole(encoded.bytes))}
        ${count('tokens', encoded && whole(encoded.ids.length))}
        ${count('bytes a token', each)}
      </dl>
      <button ?disabled=${!encoded?.ids.length} @click=${this.#copy}>Copy ids</button>
    </div>`;
  }

  /** The highlighted token, in words. */
  #readout(): TemplateResult | string {
    const {encoded} = this;
    const span = this.#highlighted;
    if (!encoded) return '';
    if (!span) return 'Point at a token, or move the caret.';
    const {tokenizer, ids, text} = encoded;
    if (span.count > 1) {
      const numbers = Array.from({length: span.count}, (_, i) => ids[span.first + i]!);
      const bytes = numbers.map((id) => hex(tokenizer.bytes(id))).join(' | ');
      const {label} = visibleBytes(new TextEncoder().encode(text.slice(span.start, span.end)));
      return html`<code>${label}</code> is cut into ${span.count} tokens, ${numbers.join(', ')}: none of them is whole characters. Their bytes: <code>${bytes}</code>.`;
    }
    const id = ids[span.first]!;
    const bytes = tokenizer.bytes(id);
    const size = bytes.length === 1 ? 'one byte' : `${bytes.length} bytes`;
    return html`<code>${visibleBytes(bytes).label}</code> is token <span class="number">${id}</span>: ${size}, <code>${hex(bytes)}</code>.`;
  }

  #renderMerges(): TemplateResult {
    const {encoded} = this;
    const {merging} = this.#source;
    const piece = encoded && merging ? this.#piece(encoded, merging) : undefined;
    const steps: MergeStep[] =
      piece && merging && !piece.special ? mergeSteps(byteString(piece.text), merging.rankOf) : [];
    return renderMergePanel({
      hasMerges: merging !== undefined || encoded === undefined,
      piece,
      steps,
      step: Math.min(Math.max(0, this.step ?? steps.length), steps.length),
      go: (step) => {
        this.cursor ??= piece?.start;
        this.step = step;
      },
    });
  }

  /** The piece at the cursor; without a cursor the first one that is more than one token. */
  #piece({text, spans, tokenizer}: EncodedText, merging: Merging): Piece | undefined {
    const drawn = text.slice(0, (spans.at(-1)?.end ?? 0) + LONGEST_EDITED);
    const pieces = piecesOf(drawn, tokenizer, merging, this.#special);
    const {cursor} = this;
    if (cursor !== undefined)
      return pieces.find(({start, text}) => start <= cursor && cursor < start + text.length);
    return (
      pieces.find(
        ({start, text, special}) => !special && (spanAt(spans, start)?.end ?? 0) < start + text.length,
      ) ?? pieces[0]
    );
  }

  get #facts(): string {
    const {tokenizer} = this.encoded ?? {};
    return tokenizer ? `${whole(tokenizer.vocabSize)} tokens in the vocabulary` : '';
  }

  #copy = async (): Promise<void> => {
    const ids = Array.from(this.encoded?.ids ?? []);
    const copied = await copyText(`[${ids.join(', ')}]`);
    this.message = copied ? `${whole(ids.length)} ids copied.` : 'The browser did not allow copying.';
  };
}

define('bpe-tokenizer', BpeTokenizer);

declare global {
  interface HTMLElementTagNameMap {
    'bpe-tokenizer': BpeTokenizer;
  }
}
