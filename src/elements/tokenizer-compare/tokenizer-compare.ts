import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {EncoderTimes} from '../../state/text-work.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {define} from '../../ui/base/define.js';
import {errorWords} from '../../ui/base/error-words.js';
import {type FooterOptions, GptElement, type Picture} from '../../ui/base/gpt-element.js';
import {Loaded} from '../../ui/base/loaded.js';
import {sideways} from '../../ui/base/sideways.js';
import {renderChips} from '../../ui/views/token-chips.js';
import {chipStyles} from '../../ui/views/token-chips.styles.js';
import {LABELS, makeTokenizer, NAMES, type Name} from './contenders.js';
import {renderRace} from './race-view.js';
import {styles} from './tokenizer-compare.styles.js';

const EXAMPLE = 'Mia saw a red kite. Then she saw two umbrellas.';
/** Characters: few enough to encode six times at each keystroke. */
const MAX_LENGTH = 1000;
/** The speed is measured on this many tales. */
const RACE_TALES = 2000;

/** A text under one tokenizer. */
interface Row {
  name: Name;
  tokenizer?: Tokenizer;
  ids?: number[];
  /** Why there are no tokens, as a sentence for the reader. */
  error?: string;
}

/**
 * How do tokenizers differ? The same text under several tokenizers, side by side: how many tokens each needs, the size of
 * its vocabulary, whether decoding gives the text back, and how fast they are.
 *
 * @summary One text under several tokenizers: tokens, counts, losses, and speed.
 * @group text → ids
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart input - The field for the text.
 * @csspart counts - The table of counts.
 * @csspart tokens - A row of tokens.
 * @csspart race - The comparison of speed.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-token-1 - The first of the eight colors of tokens (to `--gpt-token-8`).
 */
export class TokenizerCompare extends GptElement {
  static override styles = [...GptElement.styles, chipStyles, styles];
  static override lead =
    'How many tokens does a text need? That depends on who cuts it: the same text, cut by several tokenizers.';

  /** The text; its first 1,000 characters are compared. */
  @property() accessor text = EXAMPLE;
  /** Which are shown, in this order: `char`, `word`, `bpe`, `gpt2`, `cl100k_base`, `o200k_base`, separated by spaces. */
  @property({reflect: true}) accessor tokenizers = 'char word bpe gpt2';
  /** How many merges the library's own BPE learns. */
  @property({type: Number, reflect: true}) accessor merges = 1000;

  /** Leaves out the field for the text and the choice of tokenizers. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the comparison of speed. */
  @property({type: Boolean, reflect: true, attribute: 'without-race'}) accessor withoutRace = false;

  @state() private accessor highlighted: {name: Name; index: number} | undefined;
  @state() private accessor times: EncoderTimes | undefined;
  @state() private accessor racing: AbortController | undefined;
  @state() private accessor raceProblem = '';

  readonly #tokenizers = new Map(NAMES.map((name) => [name, this.#loaded(name)]));

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopRace();
  }

  get #shown(): Name[] {
    const wanted = this.tokenizers.split(/\s+/);
    return NAMES.filter((name) => wanted.includes(name));
  }

  #loaded(name: Name): Loaded<object, Tokenizer> {
    return new Loaded(this, {
      request: () => (this.#shown.includes(name) ? {merges: name === 'bpe' && this.merges} : undefined),
      load: () => makeTokenizer(name, this.merges),
    });
  }

  #row(name: Name): Row {
    const {current: tokenizer, error} = this.#tokenizers.get(name)!;
    if (!tokenizer) return {name, error};
    try {
      return {name, tokenizer, ids: tokenizer.encode(this.text.slice(0, MAX_LENGTH))};
    } catch (error) {
      return {name, tokenizer, error: (error as Error).message};
    }
  }

  protected override get isWaiting(): boolean {
    return this.#shown
      .map((name) => this.#tokenizers.get(name)!)
      .some(({current, error}) => !current && !error);
  }

  protected override footer(): FooterOptions {
    return {snippet: 'byte-pair-encoding', picture: () => this.#picture()};
  }

  async #picture(): Promise<Picture> {
    const {chipsPicture} = await import('../../ui/views/chips-picture.js');
    const rows = this.#shown.flatMap((name) => {
      const {tokenizer, ids} = this.#row(name);
      const {label, what} = LABELS[name];
      return tokenizer && ids ? [{title: `${label} (${what}): ${ids.length} tokens`, tokenizer, ids}] : [];
    });
    return chipsPicture({
      rows,
      title: 'One text under several tokenizers',
      host: this,
    });
  }

  protected override renderBody(): TemplateResult {
    const rows = this.#shown.map((name) => this.#row(name));
    return html`
      ${this.withoutControls ? nothing : this.#renderControls()}
      <div class="rows">${rows.map((row) => this.#renderRow(row))}</div>
      ${this.#renderCounts(rows)}
      ${
        this.withoutRace
          ? nothing
          : renderRace({
              times: this.times,
              running: this.racing !== undefined,
              problem: this.raceProblem,
              start: this.#race,
              stop: this.#stopRace,
            })
      }
    `;
  }

  #renderControls(): TemplateResult {
    const shown = this.#shown;
    const toggle = (name: Name) =>
      (this.tokenizers = NAMES.filter((one) => shown.includes(one) !== (one === name)).join(' '));
    return html`<label class="ask" part="input"
        ><span>Text</span>
        <textarea
          rows="2"
          spellcheck="false"
          maxlength=${MAX_LENGTH}
          .value=${this.text}
          @input=${(event: Event) => (this.text = (event.target as HTMLTextAreaElement).value)}
        ></textarea></label
      >${
        this.text.length > MAX_LENGTH
          ? html`<p class="hint">The first ${MAX_LENGTH.toLocaleString('en')} characters are compared.</p>`
          : nothing
      }
      <fieldset class="controls">
        <legend>Tokenizers</legend>
        ${NAMES.map(
          (name) => html`<label
            ><input type="checkbox" .checked=${shown.includes(name)} @change=${() => toggle(name)} />${LABELS[name].label}</label
          >`,
        )}
      </fieldset>`;
  }

  #renderCounts(rows: readonly Row[]): TemplateResult {
    const text = this.text.slice(0, MAX_LENGTH);
    const bytes = new TextEncoder().encode(text).length;
    const most = Math.max(1, ...rows.map(({ids}) => ids?.length ?? 0));
    const row = ({name, tokenizer, ids}: Row) => html`<tr>
      <th scope="row">${LABELS[name].label}</th>
      <td class="number">${tokenizer?.vocabSize.toLocaleString('en') ?? '…'}</td>
      <td class="number">${ids?.length ?? '–'}</td>
      <td class="bar"><span .style="width: ${(100 * (ids?.length ?? 0)) / most}%"></span></td>
      <td class="number">${ids?.length ? (bytes / ids.length).toFixed(2) : '–'}</td>
      <td>${tokenizer ? roundTrip(tokenizer, ids, text) : '–'}</td>
    </tr>`;
    return html`<div class="frame" part="counts" ${sideways()} tabindex="0" role="group" aria-label="Counts">
      <table>
        <thead>
          <tr>
            <th scope="col">tokenizer</th>
            <th scope="col">vocabulary</th>
            <th scope="col">tokens</th>
            <td></td>
            <th scope="col">bytes per token</th>
            <th scope="col">decodes to the same text</th>
          </tr>
        </thead>
        <tbody>${rows.map(row)}</tbody>
      </table>
    </div>`;
  }

  #renderRow({name, tokenizer, ids, error}: Row): TemplateResult {
    const highlighted = this.highlighted?.name === name ? this.highlighted.index : undefined;
    const highlight = (index: number | undefined) =>
      (this.highlighted = index === undefined ? undefined : {name, index});
    return html`<section class="row" aria-label=${LABELS[name].label}>
      <h3>${LABELS[name].label}<span class="what">${LABELS[name].what}</span></h3>
      ${
        tokenizer && ids
          ? renderChips({
              label: `Tokens of ${LABELS[name].label}`,
              tokenizer,
              ids,
              highlighted,
              current: Math.min(highlighted ?? 0, ids.length - 1),
              hover: highlight,
              choose: highlight,
            })
          : error && tokenizer
            ? html`<p role="status">${error}</p>`
            : error
              ? html`<p class="error" role="alert">
                ${error} <button @click=${this.#tokenizers.get(name)!.retry}>Try again</button>
              </p>`
              : html`<label class="loading">${name === 'bpe' ? 'Training' : 'Loading'} … <progress></progress></label>
                ${this.#renderPlaceholder(name)}`
      }
      <p class="total">${ids ? html`<span class="number">${ids.length}</span> ${ids.length === 1 ? 'token' : 'tokens'}` : nothing}</p>
    </section>`;
  }

  /** Invisible chips, about as many as there will be tokens, so that nothing moves when the tokens come. */
  #renderPlaceholder(name: Name): TemplateResult {
    const text = this.text.slice(0, MAX_LENGTH);
    const pieces = name === 'char' ? [...text] : (text.match(/\s?[^\s.,!?]+|\S|\s/g) ?? []);
    return html`<div class="chips placeholder" aria-hidden="true"
      >${pieces.map((piece) => html`<span class="chip"><span class="token">${piece}</span><span class="id">000</span></span>`)}</div
    >`;
  }

  #race = async (): Promise<void> => {
    const racing = new AbortController();
    this.racing = racing;
    this.raceProblem = '';
    try {
      const [{raceEncoders}, {tinyTales}] = await Promise.all([
        import('../../state/text-work.js'),
        import('../../data/tiny-tales/index.js'),
      ]);
      const times = await raceEncoders(tinyTales({stories: RACE_TALES}).text, 'gpt2', {
        signal: racing.signal,
      });
      if (this.racing === racing) this.times = times;
    } catch (error) {
      if (!racing.signal.aborted) this.raceProblem = errorWords(error as Error);
    }
    if (this.racing === racing) this.racing = undefined;
  };

  #stopRace = (): void => {
    this.racing?.abort();
    this.racing = undefined;
  };
}

/** Whether decoding gives the same text, and what is lost if not. */
function roundTrip(tokenizer: Tokenizer, ids: number[] | undefined, text: string): TemplateResult | string {
  if (!ids) return 'cannot be encoded';
  if (tokenizer.decode(ids) === text) return 'yes';
  const unknown = tokenizer.specialTokens.get('<|unk|>');
  const lost = ids.filter((id) => id === unknown).length;
  return lost > 0 ? html`no: ${lost} × <code>&lt;|unk|&gt;</code>` : 'no: whitespace is lost';
}

define('tokenizer-compare', TokenizerCompare);

declare global {
  interface HTMLElementTagNameMap {
    'tokenizer-compare': TokenizerCompare;
  }
}
