import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {byteString, type MergeStep, mergeSteps} from '../../tokenizers/merge-steps.js';
import {type Merging, type Piece, piecesOf} from '../../tokenizers/merging.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {BriefMessage} from '../../ui/base/brief-message.js';
import {define} from '../../ui/base/define.js';
import {errorWords} from '../../ui/base/error-words.js';
import {type FooterOptions, GptElement} from '../../ui/base/gpt-element.js';
import {Loaded} from '../../ui/base/loaded.js';
import {Memo} from '../../ui/base/memo.js';
import {whole} from '../../ui/base/whole.js';
import {
  TOKENIZERS,
  TokenizerData,
  type TokenizerName,
  tokenizerNamed,
} from '../../ui/model/tokenizer-data.js';
import {renderOptions} from '../../ui/views/options.js';
import {MAX_CHIPS, renderChips} from '../../ui/views/token-chips.js';
import {chipStyles} from '../../ui/views/token-chips.styles.js';
import {spanAt, spanOf, type TokenSpan} from '../../ui/views/token-spans.js';
import {
  type EncodedText,
  encodeShort,
  LONGEST_EDITED,
  type TokenizerSource,
} from '../../ui/views/token-text.js';
import {styles} from './bpe-tokenizer.styles.js';
import {FieldText} from './field-text.js';
import type {LongText} from './long-text.js';
import {renderMergePanel} from './merge-panel.js';
import {renderTextBox} from './text-box.js';
import {tokenWords} from './token-words.js';

const EXAMPLE =
  'Tokenizers cut words into pieces: untokenizable.\nNaïve café 😀 12345 + 67890\n<|endoftext|>Another document.';

const ENCODINGS: readonly {name: TokenizerName | 'char'; label: string}[] = [
  ...TOKENIZERS,
  {name: 'char', label: 'characters of this text'},
];

/**
 * How does a model read text? It is split into tokens, and each token has a number. Type, and see the tokens, their ids
 * and their bytes change; move the caret into a word, and see how byte-pair encoding builds it, merge by merge.
 *
 * @summary Type and see the tokens: ids, bytes, and how each word was merged.
 * @group text → ids
 * @event {CustomEvent<{text: string, ids: ArrayLike<number>}>} gpt-tokens - A text was encoded.
 * @slot lead - Replaces the sentence above the text.
 * @csspart lead - The sentence above the text.
 * @csspart input - The text field.
 * @csspart tokens - The tokens with their ids.
 * @csspart counts - Counts of characters, bytes and tokens.
 * @csspart readout - The line that describes the highlighted token.
 * @csspart merges - How the word under the cursor was merged.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-token-1 - The first of the eight colors of tokens (to `--gpt-token-8`).
 */
export class BpeTokenizer extends GptElement {
  static override styles = [...GptElement.styles, chipStyles, styles];
  static override lead =
    'How does a model read text? As numbers: the text is split into tokens, and each token has a number, its id.';

  /** The text to encode. */
  @property() accessor text = EXAMPLE;
  /**
   * `gpt2`, `cl100k_base`, `o200k_base`, `char` (one token for each different character of the text) or `model` (the
   * tokenizer of the page's model). Default: `model` in a `<gpt-model>` or with `for`, else `gpt2`.
   */
  @property({reflect: true}) accessor encoding = '';
  /** Encodes special tokens in the text, such as `<|endoftext|>`, as one token each and not as ordinary text. */
  @property({type: Boolean, reflect: true, attribute: 'allow-special'}) accessor allowSpecial = false;
  /** The index in `text` of the character whose word is shown merge by merge. Default: the first word of several tokens. */
  @property({type: Number}) accessor cursor: number | undefined;
  /** How many merges of this word are shown. Default: all. */
  @property({type: Number}) accessor step: number | undefined;

  /** Leaves out the text field. */
  @property({type: Boolean, reflect: true, attribute: 'without-input'}) accessor withoutInput = false;
  /** Leaves out the choice of the encoding and of special tokens. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the ids below the tokens. */
  @property({type: Boolean, reflect: true, attribute: 'without-ids'}) accessor withoutIds = false;
  /** Leaves out the merges of the word under the cursor. */
  @property({type: Boolean, reflect: true, attribute: 'without-merges'}) accessor withoutMerges = false;

  @state() private accessor encoded: EncodedText | undefined;
  /** Why the text cannot be encoded, as a sentence for the reader. */
  @state() private accessor problem = '';
  @state() private accessor hovered: TokenSpan | undefined;
  @state() private accessor long: LongText | undefined;

  /** What a long text needs, once there is one. */
  #longParts?: typeof import('./long-text.js');
  /** The text before the paste that made it too long. */
  #before?: string;
  #field = new FieldText('');
  readonly #encodedFrom = new Memo();
  readonly #copying = new BriefMessage(this);
  readonly #source = new TokenizerData(this, () => (this.#choice === 'char' ? undefined : this.#choice));
  readonly #characters = new Loaded<object, (vocab: string[]) => Tokenizer>(this, {
    request: () => (this.#choice === 'char' ? {} : undefined),
    load: async () => {
      const {CharTokenizer} = await import('../../tokenizers/char.js');
      return (vocab) => new CharTokenizer(vocab);
    },
  });

  /** The tokenizer that `encoding` names. */
  get #choice(): TokenizerName | 'char' {
    return this.encoding === 'char' ? 'char' : tokenizerNamed(this.encoding, this);
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
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('cursor') && changed.get('cursor') !== undefined && !changed.has('step'))
      this.step = undefined;
    if (changed.has('text') && this.text.length <= LONGEST_EDITED) this.#field = new FieldText(this.text);
    this.#source.update();
    const source = this.#source.tokenizer ?? this.#characters.current;
    if (!this.#encodedFrom.changed(source, this.text, this.allowSpecial)) return;
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
      this.emit('gpt-tokens', {text, ids});
    } catch (error) {
      this.encoded = undefined;
      this.problem = errorWords(error as Error);
    }
  }

  async #encodeLong(source: TokenizerSource): Promise<void> {
    const {text} = this;
    this.encoded = undefined;
    try {
      this.#longParts ??= await import('./long-text.js');
      this.long ??= new this.#longParts.LongText(() => this.requestUpdate());
      const encoded = text === this.text ? await this.long.encode(text, source, this.#special) : undefined;
      if (encoded) this.#take(() => encoded);
    } catch (error) {
      this.problem = errorWords(error as Error);
    }
  }

  #stop = (): void => {
    this.long?.stop();
    this.problem = this.#longParts!.STOPPED; // only a long text can be stopped
  };

  #edit = (text: string): void => {
    if (this.text.length <= LONGEST_EDITED && text.length > LONGEST_EDITED) this.#before = this.text;
    this.text = text;
    this.cursor = Math.min(this.cursor ?? 0, Math.max(0, text.length - 1));
    this.step = undefined;
  };

  /** The token under the pointer, else the one at the cursor. */
  get #highlighted(): TokenSpan | undefined {
    return this.hovered ?? this.#atCursor;
  }

  get #atCursor(): TokenSpan | undefined {
    const {encoded, cursor} = this;
    return encoded && cursor !== undefined ? spanAt(encoded.spans, cursor) : undefined;
  }

  protected override updated(): void {
    // Only if it differs: setting it would discard the field's undo history.
    const field = this.renderRoot.querySelector<HTMLTextAreaElement>('textarea');
    const {value} = this.#field;
    if (field && field.value !== value) field.value = value;
  }

  protected override facts(): string {
    const {tokenizer} = this.encoded ?? {};
    return tokenizer ? `${whole(tokenizer.vocabSize)} tokens in the vocabulary` : '';
  }

  protected override get isWaiting(): boolean {
    return !this.encoded && !this.problem && !this.#source.error && !this.#characters.error && !this.long;
  }

  protected override footer(): FooterOptions {
    const {encoded} = this;
    return {
      snippet: 'merge-steps',
      picture: encoded && (async () => (await import('./text-picture.js')).textPicture(this, encoded)),
    };
  }

  protected override renderBody(): TemplateResult {
    return html`
      ${this.withoutControls ? nothing : this.#renderControls()} ${this.withoutInput ? nothing : this.#renderInput()}
      <div class="tokens">${this.#renderTokens()}</div>
      ${this.#renderCounts()}
      <p class="readout" part="readout">${this.encoded ? tokenWords(this.encoded, this.#highlighted) : ''}</p>
      ${this.withoutMerges ? nothing : this.#renderMerges()}
    `;
  }

  #renderControls(): TemplateResult {
    const choice = this.#choice;
    const [name] = this.#source.tokenizer?.specialTokens.keys() ?? [];
    return html`<div class="controls">
      <label
        >Encoding
        <select @change=${(event: Event) => (this.encoding = (event.target as HTMLSelectElement).value)}>
          ${renderOptions(
            ENCODINGS.map(({name, label}) => [name, label]),
            choice,
          )}
        </select></label
      >
      <label
        ><input
          type="checkbox"
          .checked=${this.allowSpecial}
          ?disabled=${!name}
          @change=${(event: Event) => (this.allowSpecial = (event.target as HTMLInputElement).checked)}
        /><span>Special tokens such as <code>${name ?? '<|endoftext|>'}</code></span></label
      >
    </div>`;
  }

  #renderInput(): TemplateResult | undefined {
    const {text} = this;
    if (text.length > LONGEST_EDITED) {
      const before = this.#before;
      return this.#longParts?.renderLongField({
        text,
        undo: before === undefined ? undefined : () => this.#edit(before),
        edit: this.#edit,
      });
    }
    return html`<label class="ask" for="text">Text</label>${renderTextBox({
      field: this.#field,
      // Until the new text is encoded, the spans belong to the previous one.
      spans: this.encoded?.text === text ? this.encoded.spans : [],
      highlighted: this.#highlighted,
      edit: this.#edit,
      caret: (index) => (this.cursor = index),
      hover: (span) => (this.hovered = span),
    })}`;
  }

  #renderTokens(): TemplateResult | typeof nothing {
    const problem = this.problem || this.#characters.error;
    if (problem) return html`<p class="error" role="alert">${problem}</p>`;
    const {encoded} = this;
    if (!encoded) return html`${this.#source.render()}${this.long?.renderProgress(this.text, this.#stop)}`;
    if (encoded.ids.length === 0) return html`<p class="hint">Type a text to see its tokens.</p>`;
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
            The first ${whole(MAX_CHIPS)} of ${whole(ids.length)} tokens are shown; all are counted and copied.
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
        ${count('bytes per token', each)}
      </dl>
      <span>
        <span role="status">${this.#copying.content}</span>
        <button ?disabled=${!encoded?.ids.length} @click=${this.#copy}>Copy ids</button>
      </span>
    </div>`;
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

  /** The piece at the cursor; without a cursor, the first piece of several tokens. */
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

  #copy = async (): Promise<void> => {
    this.#copying.show(await (await import('./copy-ids.js')).copyIds(this.encoded?.ids));
  };
}

define('bpe-tokenizer', BpeTokenizer);

declare global {
  interface HTMLElementTagNameMap {
    'bpe-tokenizer': BpeTokenizer;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-tokens': CustomEvent<{text: string; ids: ArrayLike<number>}>;
  }
}
