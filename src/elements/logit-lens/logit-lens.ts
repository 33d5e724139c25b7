import {html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import type {LiveModel} from '../../state/live-model.js';
import {chosenIndex} from '../../ui/base/chosen-index.js';
import {define} from '../../ui/base/define.js';
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {sideways} from '../../ui/base/sideways.js';
import {TextElement} from '../../ui/base/text-element.js';
import type {ShownText} from '../../ui/base/text-field.js';
import {renderLegend} from '../../ui/views/legend.js';
import {moveCell} from '../../ui/views/move-cell.js';
import {shareScale, textOn} from '../../viz/color.js';
import {exportWidth} from '../../viz/picture.js';
import {renderAnswer} from './answer.js';
import {
  cellAt,
  type Guess,
  type LensData,
  type LensRow,
  lensFrom,
  lossOf,
  readLens,
  settledAt,
} from './lens-data.js';
import {LEGEND, lensPicture, noteOf} from './lens-picture.js';
import {styles} from './logit-lens.styles.js';

/** Pixels at the right edge of the frame that fade where it hides more. */
const FADE = 44;
/** Longer notes are left out on narrow pages. */
const MOST_NARROW = 16;

/**
 * The logit lens (nostalgebraist 2020): the residual stream after the embedding and after each sublayer, read by the final
 * norm and the head as if the model ended there. A grid of tokens and depths shows the best guess of each, in the color of what
 * really follows, and marks where the model knows it.
 *
 * Shows `rows` set as a property, else a model (`for`, an ancestor `<gpt-model>`, the page's default model) on `text`.
 *
 * @summary What the model would predict at each depth, for every token of a text.
 * @group the model
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart grid - The guesses: a row for each depth, a column for each token.
 * @csspart cell - The chosen cell: its likeliest tokens, and how the true one fares along the depth.
 * @csspart readout - The line that says what is chosen.
 * @csspart footer - Facts, code, export and embed.
 * @cssproperty --gpt-attention - The color of probability 1; 0 is the background.
 */
export class LogitLens extends TextElement<LensData> {
  static override styles = [...TextElement.styles, ...styles];
  static override givenFacts = 'Guesses given by this page';
  static override lead =
    'When does the model know what comes next? Read a column downward: each cell is what the model would say next if it stopped after that part. The stronger the purple, the more probability it gives to what really follows.';
  static override textField = {maxTokens: 14, empty: 'Type a text to see the guesses after each part.'};

  /** `[{name, guesses, actual}]`: guesses to show without any model, a row for each depth. */
  @property({attribute: false}) accessor rows: readonly LensRow[] | undefined;
  /** The tokens that the guesses follow. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** The chosen token, counted from 0. Default: the last. */
  @property({type: Number, reflect: true}) accessor token: number | undefined;
  /** The chosen depth, counted from 0, the embedding. Default: the last. */
  @property({type: Number, reflect: true}) accessor depth: number | undefined;

  readonly #revealed = new Memo();

  protected override dataFromProperties(): LensData | undefined {
    return this.rows && lensFrom(this.rows, this.tokens);
  }

  protected override load(model: LiveModel, {ids}: ShownText, signal: AbortSignal): Promise<LensData> {
    return readLens(model, ids, signal);
  }

  protected override onTextInput(text: string): void {
    this.text = text;
    this.token = undefined;
  }

  #chosen({tokens, rows}: LensData): {row: number; column: number} {
    return {row: chosenIndex(this.depth, rows.length), column: chosenIndex(this.token, tokens.length)};
  }

  protected override renderData(data: LensData): TemplateResult {
    const scale = shareScale(this.colors.theme);
    return html`
      <p class="answer">${renderAnswer(data)}</p>
      <div class="frame" part="grid" ${sideways()}>${this.#renderGrid(data)}</div>
      ${renderLegend(scale, this.colors.theme, LEGEND)}
      <p class="readout" part="readout">${this.#reading(data)}</p>
      ${this.#renderCell(data)}
    `;
  }

  #renderGrid(data: LensData): TemplateResult {
    const {tokens, rows} = data;
    const scale = shareScale(this.colors.theme);
    const chosen = this.#chosen(data);
    return html`<table
      class="grid"
      role="grid"
      aria-label="Best guess for the next token, after each part and each token"
      @keydown=${(event: KeyboardEvent) => this.#move(event, data)}
    >
      <thead>
        <tr role="row">
          <th role="columnheader" scope="col" class="corner">
            <span><i>it has </i>read →</span><span><i>it </i>stopped after ↓</span>
          </th>
          ${tokens.map((token) => html`<th role="columnheader" scope="col">${visibleToken(token)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row, r) => html`<tr role="row">
            <th role="rowheader" scope="row"
              ><span class="name">${row.name}</span>${this.#renderNote(noteOf(data, r))}</th
            >
            ${tokens.map((_, t) => {
              const {guess, probability, repeats, isRight} = cellAt(data, r, t);
              const color = scale.color(probability ?? 0);
              const isChosen = r === chosen.row && t === chosen.column;
              return html`<td
                role="gridcell"
                data-row=${r}
                data-column=${t}
                class=${[repeats && 'repeats', isRight && 'right'].filter(Boolean).join(' ')}
                tabindex=${isChosen ? 0 : -1}
                aria-selected=${isChosen}
                .style="background: ${color}; color: ${repeats ? this.colors.theme.muted : textOn(color, this.colors.theme)}"
                @click=${() => this.#choose(r, t)}
                @focus=${() => this.#choose(r, t)}
                >${visibleToken(guess)}</td
              >`;
            })}
          </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr role="row">
          <th role="rowheader" scope="row">really follows</th>
          ${tokens.map((_, t) => html`<td>${t + 1 < tokens.length ? visibleToken(tokens[t + 1]!) : '?'}</td>`)}
        </tr>
      </tfoot>
    </table>`;
  }

  #renderNote(note: string | undefined): TemplateResult | typeof nothing {
    return note ? html`<span class="why ${note.length > MOST_NARROW ? 'long' : ''}">${note}</span>` : nothing;
  }

  #choose(row: number, column: number): void {
    this.depth = row;
    this.token = column;
  }

  #move(event: KeyboardEvent, data: LensData): void {
    const moved = moveCell(event, this.#chosen(data), {
      rows: data.rows.length,
      columns: data.tokens.length,
    });
    if (moved?.row === undefined || moved.column === undefined) return;
    event.preventDefault();
    const {row, column} = moved;
    this.#choose(row, column);
    this.renderRoot.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)?.focus();
  }

  /** The chosen cell’s guesses, and the true next token’s probability along the depth. */
  #renderCell(data: LensData): TemplateResult {
    const {row, column} = this.#chosen(data);
    const {tokens, rows} = data;
    const follows = tokens[column + 1];
    const bar = (probability: number): TemplateResult =>
      html`<span class="bar" .style="width: ${100 * probability}%"></span>`;
    const line = (label: TemplateResult | string, probability: number): TemplateResult => html`<tr>
      <th scope="row">${label}</th>
      <td class="number">${decimals(probability, 3)}</td>
      <td>${bar(probability)}</td>
    </tr>`;
    const token = ({token: text}: Guess): TemplateResult =>
      html`<span class="token">${visibleToken(text)}</span>`;
    return html`<div class="cell" part="cell">
      <table class="guesses">
        <caption>
          ${rows[row]!.name}, after ${visibleToken(tokens[column]!)}
        </caption>
        <tbody>
          ${rows[row]!.guesses[column]!.map((guess) => line(token(guess), guess.probability))}
        </tbody>
      </table>
      ${
        follows === undefined
          ? nothing
          : html`<table class="depths">
              <caption>
                Probability of ${visibleToken(follows)}, which really follows
              </caption>
              <tbody>
                ${rows.map(({name, actual}) => line(name, actual[column]!))}
              </tbody>
            </table>`
      }
    </div>`;
  }

  #reading(data: LensData): TemplateResult {
    const {row, column} = this.#chosen(data);
    const {tokens, rows} = data;
    const token = (text: string): TemplateResult => html`<span class="token">${visibleToken(text)}</span>`;
    const best = (r: number): string => rows[r]!.guesses[column]![0]!.token;
    const final = best(rows.length - 1);
    const settled = settledAt(data, column);
    const loss = lossOf(rows[row]!);
    const lossNote =
      loss === undefined
        ? ''
        : ` The loss of the whole row is ${decimals(loss, 2)} (the mean of −ln p of what follows).`;
    return html`After ${token(tokens[column]!)}, stopped after “${rows[row]!.name}”, it would say ${token(best(row))}. In
      the end it says ${token(final)}, and does so from “${rows[settled]!.name}” on.${lossNote}`;
  }

  /** Scrolls the chosen column into sight, past the names of the rows that stay at the left. */
  protected override updated(): void {
    const cell = this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]');
    const frame = this.renderRoot.querySelector<HTMLElement>('.frame');
    if (!cell || !frame || !this.#revealed.changed(cell.dataset.column, this.data?.tokens.length)) return;
    const names = frame.querySelector<HTMLElement>('tbody th')!.offsetWidth;
    const [left, right] = [cell.offsetLeft - names - 4, cell.offsetLeft + cell.offsetWidth + FADE];
    if (left < frame.scrollLeft) frame.scrollLeft = left;
    else if (right > frame.scrollLeft + frame.clientWidth) frame.scrollLeft = right - frame.clientWidth;
  }

  protected override footer(data = this.data): FooterOptions {
    const {theme} = this.colors;
    return {
      snippet: 'logit-lens',
      picture: data && lensPicture(data, theme, exportWidth(this.size.width)),
      table: data && (() => lensRows(data)),
    };
  }
}

/** A line for every guess. */
function* lensRows({tokens, rows}: LensData): Generator<(string | number)[]> {
  yield ['depth', 'position', 'token', 'rank', 'guess', 'probability'];
  for (const {name, guesses} of rows)
    for (const [t, list] of guesses.entries())
      for (const [rank, {token, probability}] of list.entries())
        yield [name, t, tokens[t]!, rank + 1, token, probability];
}

define('logit-lens', LogitLens);

declare global {
  interface HTMLElementTagNameMap {
    'logit-lens': LogitLens;
  }
}
