import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {loadTiktoken} from '../../tokenizers/tiktoken.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {WordTokenizer} from '../../tokenizers/word.js';
import {define} from '../../ui/base/define.js';
import {LegacyElement} from '../../ui/base/legacy-element.js';

import {VisibleController} from '../../ui/base/visible-controller.js';
import {renderChips} from '../../ui/views/token-chips.js';
import {chipStyles} from '../../ui/views/token-chips.styles.js';
import {styles} from './special-tokens.styles.js';

const END = '<|endoftext|>';
const UNKNOWN = '<|unk|>';

const DOCUMENTS = ['Mia saw a kite in the park.', 'The cat sat by the door.'];
/** Longer documents are cut: two tokenizers read them at each key. */
const MAX_LENGTH = 500;

type Place = 'joined' | 'text' | 'word' | 'bytes';

/**
 * Some tokens stand for no text. `<|endoftext|>` says where one document ends and the next begins; `<|unk|>` takes the place
 * of every word that a vocabulary of words has never seen. What does a model see of both, and what is lost?
 *
 * @summary What `<|endoftext|>` and `<|unk|>` do: documents joined, special tokens allowed or refused, unknown words.
 * @group text → ids
 * @slot lead - Replaces the sentence above.
 * @csspart lead - The sentence above.
 * @csspart documents - Documents joined by `<|endoftext|>`.
 * @csspart unknown - Unknown words under two tokenizers.
 * @csspart tokens - A row of tokens.
 * @csspart footer - Facts, code and the embed button.
 * @cssproperty --gpt-token-1 - The first of the eight colors of tokens (to `--gpt-token-8`).
 */
export class SpecialTokens extends LegacyElement {
  static override styles = [...LegacyElement.styles, chipStyles, styles];

  /** The first document. */
  @property() accessor first = DOCUMENTS[0]!;
  /** The second document. */
  @property() accessor second = DOCUMENTS[1]!;
  /** A sentence for both tokenizers; the vocabulary of words is that of the two documents. */
  @property() accessor sentence = 'The dog untangled a kite.';
  /** Whether `<|endoftext|>` between the documents is taken as the special token. */
  @property({type: Boolean, reflect: true, attribute: 'refuse-special'}) accessor refuseSpecial = false;

  /** Leaves out the fields: the texts are the author's. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the documents. */
  @property({type: Boolean, reflect: true, attribute: 'without-documents'}) accessor withoutDocuments = false;
  /** Leaves out the unknown words. */
  @property({type: Boolean, reflect: true, attribute: 'without-unknown'}) accessor withoutUnknown = false;

  @state() private accessor gpt2: Tokenizer | undefined;
  @state() private accessor problem = '';
  @state() private accessor highlighted: {place: Place; index: number} | undefined;

  #loading = false;
  readonly #visible = new VisibleController(this, (visible) => visible && void this.#load());

  #load = async (): Promise<void> => {
    if (this.#loading || this.gpt2 || !this.#visible.visible) return;
    this.#loading = true;
    this.problem = '';
    try {
      this.gpt2 = await loadTiktoken('gpt2');
    } catch (error) {
      this.problem = (error as Error).message;
    }
    this.#loading = false;
  };

  protected override render(): TemplateResult {
    return html`
      ${this.renderLead('Some tokens stand for no text of their own. The text can only name them where that is allowed; otherwise anyone who pastes a text could end a document.')}
      ${this.problem ? html`<p class="error" role="alert">${this.problem} <button @click=${this.#load}>Try again</button></p>` : nothing}
      ${this.withoutDocuments ? nothing : this.#renderDocuments()}
      ${this.withoutUnknown ? nothing : this.#renderUnknown()}
      ${this.renderFooter('', {snippet: 'byte-pair-encoding'})}
    `;
  }

  #renderDocuments(): TemplateResult {
    const joined = `${this.first.slice(0, MAX_LENGTH)}${END}${this.second.slice(0, MAX_LENGTH)}`;
    const {gpt2} = this;
    const ids = gpt2?.encode(joined, {allowedSpecial: this.refuseSpecial ? [] : 'all'});
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
    const byteIds = this.gpt2?.encode(sentence);
    const unknown = wordIds.filter((id) => id === words.specialTokens.get(UNKNOWN)).length;
    return html`<section part="unknown" aria-labelledby="unknown-title">
      <h3 id="unknown-title">What becomes of a word that the vocabulary lacks?</h3>
      ${this.withoutControls ? nothing : this.#field('A sentence', this.sentence, (text) => (this.sentence = text))}
      <h4>A vocabulary of words: the ${words.vocabSize - 2} words and marks of the two documents</h4>
      ${this.#renderTokens('word', 'The sentence in words', words, wordIds)}
      <p class="back">comes back as <q>${words.decode(wordIds)}</q></p>
      <h4>A vocabulary of bytes and merges: gpt2</h4>
      ${this.#renderTokens('bytes', 'The sentence in gpt2’s tokens', this.gpt2, byteIds)}
      <p class="back">${byteIds ? html`comes back as <q>${this.gpt2!.decode(byteIds)}</q>` : nothing}</p>
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
    place: Place,
    label: string,
    tokenizer: Tokenizer | undefined,
    ids: readonly number[] | undefined,
  ): TemplateResult {
    if (!tokenizer || !ids)
      return html`<div class="tokens">
        ${this.problem ? nothing : html`<label class="loading">Loading gpt2 … <progress></progress></label>`}
      </div>`;
    const highlighted = this.highlighted?.place === place ? this.highlighted.index : undefined;
    const light = (index: number | undefined) =>
      (this.highlighted = index === undefined ? undefined : {place, index});
    return html`<div class="tokens">
      ${renderChips({
        label,
        tokenizer,
        ids,
        highlighted,
        current: Math.min(highlighted ?? 0, ids.length - 1),
        hover: light,
        choose: light,
      })}
    </div>`;
  }
}

function documentWords(tokens: number, ends: number, refused: boolean): string {
  if (refused)
    return `${tokens} tokens. The mark was read letter by letter: to the model it is text like any other, and the two documents run into each other.`;
  return `${tokens} tokens, ${ends === 1 ? 'one of them' : `${ends} of them`} ${END}. From it a model can learn that what stands before tells nothing about what comes after.`;
}

function unknownWords(unknown: number): string {
  if (unknown === 0) return 'Every word is in the vocabulary. Write one that is in neither document.';
  const lost =
    unknown === 1
      ? `One word is out of vocabulary: it becomes ${UNKNOWN}, and which it was is lost.`
      : `${unknown} words are out of vocabulary: all become the same ${UNKNOWN}, and which they were is lost.`;
  return `${lost} Byte-pair encoding has no such token: what it does not know as a whole it writes in parts, if need be in single bytes.`;
}

define('special-tokens', SpecialTokens);

declare global {
  interface HTMLElementTagNameMap {
    'special-tokens': SpecialTokens;
  }
}
