import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {EncoderTimes} from '../../state/text-work.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {define} from '../../ui/base/define.js';
import {LegacyElement} from '../../ui/base/legacy-element.js';

import {VisibleController} from '../../ui/base/visible-controller.js';
import {renderChips} from '../../ui/views/token-chips.js';
import {chipStyles} from '../../ui/views/token-chips.styles.js';
import {Contenders, LABELS, NAMES, type Name} from './contenders.js';
import {renderRace} from './race-view.js';
import {styles} from './tokenizer-compare.styles.js';

const EXAMPLE = 'Mia saw a red kite. Then she saw two umbrellas 😀!';
/** Enough to compare, little enough to encode six times at each key. */
const MAX_LENGTH = 1000;
/** The text of the race: every tale that there is, once. */
const RACE_TALES = 2000;

/** A text under one tokenizer. */
interface Row {
  name: Name;
  tokenizer?: Tokenizer;
  ids?: number[];
  problem?: string;
}

/**
 * Which tokens does a text become? The same text under several tokenizers, side by side: how many tokens each needs, with
 * how large a vocabulary, whether the text comes back, and how quick they are.
 *
 * @summary One text under several tokenizers: tokens, counts, losses, and speed.
 * @group text → ids
 * @slot lead - Replaces the sentence above.
 * @csspart lead - The sentence above.
 * @csspart input - The field for the text.
 * @csspart counts - The table of counts.
 * @csspart tokens - A row of tokens.
 * @csspart race - The comparison of speed.
 * @csspart footer - Facts, code and the embed button.
 * @cssproperty --gpt-token-1 - The first of the eight colors of tokens (to `--gpt-token-8`).
 */
export class TokenizerCompare extends LegacyElement {
  static override styles = [...LegacyElement.styles, chipStyles, styles];

  /** The text; its first 1,000 characters are compared. */
  @property() accessor text = EXAMPLE;
  /** Which are shown, in this order: `char`, `word`, `bpe`, `gpt2`, `cl100k_base`, `o200k_base`, with spaces between. */
  @property({reflect: true}) accessor tokenizers = 'char word bpe gpt2';
  /** How many merges the own BPE learns. */
  @property({type: Number, reflect: true}) accessor merges = 1000;

  /** Leaves out the field for the text and the choice of tokenizers. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the comparison of speed. */
  @property({type: Boolean, reflect: true, attribute: 'without-race'}) accessor withoutRace = false;

  @state() private accessor highlighted: {name: Name; index: number} | undefined;
  @state() private accessor times: EncoderTimes | undefined;
  @state() private accessor racing: AbortController | undefined;
  @state() private accessor raceProblem = '';

  readonly #contenders = new Contenders(() => this.requestUpdate());
  readonly #visible = new VisibleController(this, (visible) => visible && this.requestUpdate());
  #seen = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopRace();
  }

  get #shown(): Name[] {
    const wanted = this.tokenizers.split(/\s+/);
    return NAMES.filter((name) => wanted.includes(name));
  }

  #row(name: Name): Row {
    if (!this.#seen) return {name}; // its place is kept, and nothing is loaded yet
    const {tokenizer, problem} = this.#contenders.get(name, this.merges);
    if (!tokenizer) return {name, problem};
    try {
      return {name, tokenizer, ids: tokenizer.encode(this.text.slice(0, MAX_LENGTH))};
    } catch (error) {
      return {name, tokenizer, problem: (error as Error).message};
    }
  }

  protected override render(): TemplateResult {
    this.#seen ||= this.#visible.visible;
    const rows = this.#shown.map((name) => this.#row(name));
    return html`
      ${this.renderLead('There are many ways to cut a text into tokens. A large vocabulary needs fewer of them; a small one is quickly learned; and what a vocabulary has never seen may be lost.')}
      ${this.withoutControls ? nothing : this.#renderControls()} ${this.#renderCounts(rows)}
      <div class="rows">${rows.map((row) => this.#renderRow(row))}</div>
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
      ${this.renderFooter('', {snippet: 'byte-pair-encoding'})}
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
      <th scope="row">${LABELS[name].label}<span class="what">${LABELS[name].what}</span></th>
      <td class="number">${tokenizer?.vocabSize.toLocaleString('en') ?? '…'}</td>
      <td class="number">${ids?.length ?? '–'}</td>
      <td class="bar"><span .style="width: ${(100 * (ids?.length ?? 0)) / most}%"></span></td>
      <td class="number">${ids?.length ? (bytes / ids.length).toFixed(2) : '–'}</td>
      <td>${tokenizer ? comesBack(tokenizer, ids, text) : '–'}</td>
    </tr>`;
    return html`<div class="frame" part="counts" tabindex="0" role="group" aria-label="Counts">
      <table>
        <thead>
          <tr>
            <th scope="col">tokenizer</th>
            <th scope="col">vocabulary</th>
            <th scope="col">tokens</th>
            <td></td>
            <th scope="col">bytes a token</th>
            <th scope="col">the text comes back</th>
          </tr>
        </thead>
        <tbody>${rows.map(row)}</tbody>
      </table>
    </div>`;
  }

  #renderRow({name, tokenizer, ids, problem}: Row): TemplateResult {
    const highlighted = this.highlighted?.name === name ? this.highlighted.index : undefined;
    const light = (index: number | undefined) =>
      (this.highlighted = index === undefined ? undefined : {name, index});
    return html`<section class="row" aria-label=${LABELS[name].label}>
      <h3>${LABELS[name].label}</h3>
      ${
        tokenizer && ids
          ? renderChips({
              label: `Tokens of ${LABELS[name].label}`,
              tokenizer,
              ids,
              highlighted,
              current: Math.min(highlighted ?? 0, ids.length - 1),
              hover: light,
              choose: light,
            })
          : problem
            ? html`<p class="error" role="alert">
                ${problem}
                ${tokenizer ? nothing : html`<button @click=${() => this.#contenders.retry(name)}>Try again</button>`}
              </p>`
            : html`<label class="loading">${name === 'bpe' ? 'Training' : 'Loading'} … <progress></progress></label>
                ${this.#renderPlace(name)}`
      }
    </section>`;
  }

  /** Unseen chips, about as many as there will be: nothing moves when the tokens come. */
  #renderPlace(name: Name): TemplateResult {
    const text = this.text.slice(0, MAX_LENGTH);
    const pieces = name === 'char' ? [...text] : (text.match(/\s?[^\s.,!?]+|\S|\s/g) ?? []);
    return html`<div class="chips place" aria-hidden="true"
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
      if (!racing.signal.aborted) this.raceProblem = (error as Error).message;
    }
    if (this.racing === racing) this.racing = undefined;
  };

  #stopRace = (): void => {
    this.racing?.abort();
    this.racing = undefined;
  };
}

/** Whether decoding gives the text again; where not, what becomes of it. */
function comesBack(tokenizer: Tokenizer, ids: number[] | undefined, text: string): TemplateResult | string {
  if (!ids) return 'cannot be encoded';
  if (tokenizer.decode(ids) === text) return 'yes';
  const unknown = tokenizer.specialTokens.get('<|unk|>');
  const lost = ids.filter((id) => id === unknown).length;
  return lost > 0 ? html`no: ${lost} × <code>&lt;|unk|&gt;</code>` : 'no: white space is lost';
}

define('tokenizer-compare', TokenizerCompare);

declare global {
  interface HTMLElementTagNameMap {
    'tokenizer-compare': TokenizerCompare;
  }
}
