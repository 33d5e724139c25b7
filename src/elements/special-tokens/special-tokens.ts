import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {WordTokenizer} from '../../tokenizers/word.js';
import {define} from '../../ui/base/define.js';
import {type FooterOptions, GptElement, type Picture} from '../../ui/base/gpt-element.js';
import {TokenizerData} from '../../ui/model/tokenizer-data.js';
import {renderChips} from '../../ui/views/token-chips.js';
import {chipStyles} from '../../ui/views/token-chips.styles.js';
import {styles} from './special-tokens.styles.js';

const END = '<|endoftext|>';
const UNKNOWN = '<|unk|>';

const DOCUMENTS = ['Mia saw a kite in the park.', 'The cat sat by the door.'];
/** Longer documents are cut: two tokenizers encode them at each keystroke. */
const MAX_LENGTH = 500;

/** The rows of tokens. */
type Row = 'joined' | 'word' | 'bytes';

/**
 * Some tokens stand for no text. `<|endoftext|>` marks where one document ends and the next begins; `<|unk|>` replaces
 * every word that a word vocabulary does not contain. Shows how a model reads both, and what is lost.
 *
 * @summary What `<|endoftext|>` and `<|unk|>` do: documents joined, special tokens allowed or refused, unknown words.
 * @group text → ids
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart documents - Documents joined by `<|endoftext|>`.
 * @csspart unknown - Unknown words under two tokenizers.
 * @csspart tokens - A row of tokens.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-token-1 - The first of the eight colors of tokens (to `--gpt-token-8`).
 */
export class SpecialTokens extends GptElement {
  static override styles = [...GptElement.styles, chipStyles, styles];
  static override lead =
    'Which tokens stand for something other than text? One ends a document; one replaces unknown words.';

  /** The first document. */
  @property() accessor first = DOCUMENTS[0]!;
  /** The second document. */
  @property() accessor second = DOCUMENTS[1]!;
  /** A sentence for both tokenizers; the word vocabulary is made from the two documents. */
  @property() accessor sentence = 'The dog untangled a kite.';
  /** Encodes `<|endoftext|>` between the documents as ordinary text, not as the special token. */
  @property({type: Boolean, reflect: true, attribute: 'refuse-special'}) accessor refuseSpecial = false;

  /** Leaves out the fields: the texts are the author's. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the documents. */
  @property({type: Boolean, reflect: true, attribute: 'without-documents'}) accessor withoutDocuments = false;
  /** Leaves out the unknown words. */
  @property({type: Boolean, reflect: true, attribute: 'without-unknown'}) accessor withoutUnknown = false;

  @state() private accessor highlighted: {row: Row; index: number} | undefined;

  readonly #gpt2 = new TokenizerData(this, () => 'gpt2');

  protected override get isWaiting(): boolean {
    return !this.#gpt2.tokenizer && !this.#gpt2.error;
  }

  protected override footer(): FooterOptions {
    const {tokenizer} = this.#gpt2;
    return {snippet: 'byte-pair-encoding', picture: tokenizer && (() => this.#picture(tokenizer))};
  }

  async #picture(gpt2: Tokenizer): Promise<Picture> {
    const {chipsPicture} = await import('../../ui/views/chips-picture.js');
    const words = WordTokenizer.fromText(`${this.first} ${this.second}`);
    const sentence = this.sentence.slice(0, MAX_LENGTH);
    const joined = {
      title: 'The documents, joined',
      tokenizer: gpt2,
      ids: gpt2.encode(this.#joined, {allowedSpecial: this.refuseSpecial ? [] : 'all'}),
    };
    const unknown = [
      {title: 'A sentence in the words of the two documents', tokenizer: words, ids: words.encode(sentence)},
      {title: 'The same in gpt2’s tokens', tokenizer: gpt2, ids: gpt2.encode(sentence)},
    ];
    return chipsPicture({
      rows: [...(this.withoutDocuments ? [] : [joined]), ...(this.withoutUnknown ? [] : unknown)],
      title: 'Tokens that stand for no text',
      host: this,
    });
  }

  get #joined(): string {
    return `${this.first.slice(0, MAX_LENGTH)}${END}${this.second.slice(0, MAX_LENGTH)}`;
  }

  protected override renderBody(): TemplateResult {
    return html`
      ${this.#gpt2.error ? this.#gpt2.render() : nothing}
      ${this.withoutDocuments ? nothing : this.#renderDocuments()}
      ${this.withoutUnknown ? nothing : this.#renderUnknown()}
    `;
  }

  #renderDocuments(): TemplateResult {
    const gpt2 = this.#gpt2.tokenizer;
    const ids = gpt2?.encode(this.#joined, {allowedSpecial: this.refuseSpecial ? [] : 'all'});
    const end = gpt2?.specialTokens.get(END);
    const ends = ids?.filter((id) => id === end).length ?? 0;
    return html`<section part="documents" aria-labelledby="documents-title">
      <h3 id="documents-title">Where does a document end?</h3>
      ${
        this.withoutControls
          ? nothing
          : html`<div class="fields">
                ${this.#field('First document', this.first, (text) => (this.first = text))}
                ${this.#field('Second document', this.second, (text) => (this.second = text))}
              </div>
              <fieldset class="controls">
                <legend><code>${END}</code> in the text is</legend>
                ${this.#choice('the special token', !this.refuseSpecial, false)}
                ${this.#choice('ordinary text', this.refuseSpecial, true)}
              </fieldset>`
      }
      ${this.#renderTokens('joined', 'The documents, joined', gpt2, ids)}
      <p class="readout" role="status">${ids ? documentWords(ids.length, ends, this.refuseSpecial) : ''}</p>
    </section>`;
  }

  #renderUnknown(): TemplateResult {
    const words = WordTokenizer.fromText(`${this.first} ${this.second}`);
    const sentence = this.sentence.slice(0, MAX_LENGTH);
    const wordIds = words.encode(sentence);
    const gpt2 = this.#gpt2.tokenizer;
    const byteIds = gpt2?.encode(sentence);
    const unknown = wordIds.filter((id) => id === words.specialTokens.get(UNKNOWN)).length;
    return html`<section part="unknown" aria-labelledby="unknown-title">
      <h3 id="unknown-title">What happens to a word that is not in the vocabulary?</h3>
      ${this.withoutControls ? nothing : this.#field('A sentence', this.sentence, (text) => (this.sentence = text))}
      <h4>Word vocabulary: the ${words.vocabSize - 2} words and punctuation marks of the two documents</h4>
      ${this.#renderTokens('word', 'The sentence in words', words, wordIds)}
      <p class="back">decoded: <q>${words.decode(wordIds)}</q></p>
      <h4>Byte-pair encoding: gpt2</h4>
      ${this.#renderTokens('bytes', 'The sentence in gpt2’s tokens', gpt2, byteIds)}
      <p class="back">${byteIds ? html`decoded: <q>${gpt2!.decode(byteIds)}</q>` : nothing}</p>
      <p class="readout" role="status">${unknownWords(unknown)}</p>
    </section>`;
  }

  #field(label: string, value: string, change: (text: string) => void): TemplateResult {
    return html`<label class="field"
      ><span>${label}</span>
      <input
        spellcheck="false"
        autocomplete="off"
        maxlength=${MAX_LENGTH}
        .value=${value}
        @input=${(event: Event) => change((event.target as HTMLInputElement).value)}
    /></label>`;
  }

  #choice(label: string, checked: boolean, refuse: boolean): TemplateResult {
    return html`<label
      ><input
        type="radio"
        name="special"
        .checked=${checked}
        @change=${() => (this.refuseSpecial = refuse)}
      />${label}</label
    >`;
  }

  #renderTokens(
    row: Row,
    label: string,
    tokenizer: Tokenizer | undefined,
    ids: readonly number[] | undefined,
  ): TemplateResult {
    if (!tokenizer || !ids)
      return html`<div class="tokens">
        ${this.#gpt2.error ? nothing : html`<label class="loading">Loading gpt2 … <progress></progress></label>`}
      </div>`;
    const highlighted = this.highlighted?.row === row ? this.highlighted.index : undefined;
    const highlight = (index: number | undefined) =>
      (this.highlighted = index === undefined ? undefined : {row, index});
    return html`<div class="tokens">
      ${renderChips({
        label,
        tokenizer,
        ids,
        highlighted,
        current: Math.min(highlighted ?? 0, ids.length - 1),
        hover: highlight,
        choose: highlight,
      })}
    </div>`;
  }
}

function documentWords(tokens: number, ends: number, refused: boolean): string {
  if (refused)
    return `${tokens} tokens. ${END} was split like any other text, so the model sees no boundary between the two documents.`;
  return `${tokens} tokens, ${ends === 1 ? 'one of them' : `${ends} of them`} ${END}. From it a model can learn that the text before it says nothing about the text after it.`;
}

function unknownWords(unknown: number): string {
  if (unknown === 0) return 'Every word is in the vocabulary. Type one that is in neither document.';
  const lost =
    unknown === 1
      ? `One word is out of vocabulary: it becomes ${UNKNOWN}, and the word itself is lost.`
      : `${unknown} words are out of vocabulary: all become the same ${UNKNOWN}, and the words themselves are lost.`;
  return `${lost} Byte-pair encoding needs no such token: it splits an unknown word into known parts, down to single bytes.`;
}

define('special-tokens', SpecialTokens);

declare global {
  interface HTMLElementTagNameMap {
    'special-tokens': SpecialTokens;
  }
}
