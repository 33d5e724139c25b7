import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {classifierOf} from '../../state/classifier-of.js';
import type {LiveModel, ReadAt} from '../../state/index.js';
import {define} from '../../ui/base/define.js';
import {visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {sideways} from '../../ui/base/sideways.js';
import {ViewElement} from '../../ui/base/view-element.js';
import {shareScale} from '../../viz/color.js';
import {EXAMPLE} from './example.js';
import {
  FIRST_ROWS,
  MOST_ROWS,
  type PaddedData,
  type PaddedQuestion,
  type PaddedRow,
  readingRows,
  readPadded,
} from './padded-rows.js';
import {styles} from './padding-view.styles.js';
import {isRight, notShownWords, paddingWords, readingOf, verdictWords} from './padding-words.js';

interface PaddedRequest extends PaddedQuestion {
  /** Of the classifier, while it does not train. */
  step: number | undefined;
}

/**
 * A batch of messages for a classifier: shorter ones are filled up with `<|endoftext|>`, longer ones are cut. Shows what the position sees at
 * which the head reads, and what the head would say at every padded length, read at the last token or at the last position.
 *
 * Follows the model and the classifier that `classifier-trainer` finetunes from it. Until there is one, it shows what a recorded classifier says of
 * its example, and compares vectors for other messages.
 *
 * @summary Padding and mask of a batch of messages, and where a classifier's head reads.
 * @group finetuning
 * @slot lead - Replaces the sentence above the batch.
 * @csspart lead - The sentence above the batch.
 * @csspart batch - The rows of the batch.
 * @csspart controls - The padded length, and where the head reads.
 * @csspart readout - What it means for the answers.
 * @csspart footer - Facts, code, export and embed.
 * @cssproperty --gpt-masked - The hatching of padding.
 * @cssproperty --gpt-key - The line under what the read position sees.
 * @cssproperty --gpt-attention - The color of probability 1; 0 is the background.
 */
export class PaddingView extends ViewElement<PaddedData, PaddedRequest> {
  static override styles = [...ViewElement.styles, styles];
  static override lead =
    'Where should a classifier read its answer? At the message’s own end. Messages of a batch are filled up with padding to one length; read after the padding, the same message may get a different answer.';

  static readonly #places: Readonly<Record<ReadAt, string>> = {
    'last-token': 'message’s end',
    'last-position': 'row’s end',
  };

  /** The messages, one a line. */
  @property({reflect: true}) accessor messages = EXAMPLE;
  /** T: rows are padded, or cut, to this many tokens. Default: half the context, at least the longest message. */
  @property({type: Number, reflect: true}) accessor length: number | undefined;
  /** Where the head reads: at each message's `last-token`, or at the `last-position` of the row. */
  @property({reflect: true, attribute: 'read-at'}) accessor readAt: ReadAt = 'last-position';
  /** Leaves out the controls. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  /** Whether all messages are shown, as far as they can be. */
  @state() private accessor all = false;

  /** Whether the place where the head reads has been scrolled into view since it changed. */
  #isRevealed = false;
  #base?: LiveModel;
  #classifier?: LiveModel;
  /** The classifier's step when it last stood still. */
  #step?: number;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(undefined);
  }

  protected override modelChanged(model: LiveModel | undefined): void {
    this.#base?.removeEventListener('gpt-classifier', this.#changed);
    model?.addEventListener('gpt-classifier', this.#changed);
    this.#base = model;
    this.#changed();
  }

  #changed = (): void => {
    this.#follow(classifierOf(this.#base)?.model);
    this.requestUpdate();
  };

  #follow(classifier: LiveModel | undefined): void {
    if (classifier === this.#classifier) return;
    this.#classifier?.removeEventListener('gpt-status', this.#onStatus);
    classifier?.addEventListener('gpt-status', this.#onStatus);
    this.#classifier = classifier;
    this.#step = undefined;
    this.#onStatus();
  }

  #onStatus = (): void => {
    const {facts, status, step} = this.#classifier ?? {};
    if (facts && status !== 'training' && status !== 'loading') this.#step = step;
    this.requestUpdate();
  };

  protected override request(): PaddedRequest | undefined {
    const text = this.#text;
    if (!text.trim()) return undefined;
    const step = this.#step;
    const classifier = step === undefined ? undefined : classifierOf(this.#base);
    return {text, most: this.all ? MOST_ROWS : FIRST_ROWS, classifier, step};
  }

  protected override load(
    model: LiveModel,
    question: PaddedRequest,
    signal: AbortSignal,
  ): Promise<PaddedData> {
    return readPadded(model, question, signal);
  }

  /** The messages; none where a page has removed them. */
  get #text(): string {
    return this.messages ?? '';
  }

  protected override get isWaiting(): boolean {
    return super.isWaiting && this.#text.trim() !== '';
  }

  protected override dataChanged(): void {
    this.#isRevealed = false;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('length') || changed.has('readAt')) this.#isRevealed = false;
    if (!this.#isRevealed) this.#reveal();
  }

  /** Scrolls the batch sideways to where the head reads the first message; at the row's end, to what it says there. */
  #reveal(): void {
    const isAtEnd = this.readAt === 'last-position';
    const cell = this.renderRoot.querySelector(isAtEnd ? 'td.last-position-found' : 'td.reads');
    const frame = cell?.closest('.frame');
    if (!cell || !frame) return;
    this.#isRevealed = true;
    const [read, room] = [cell.getBoundingClientRect(), frame.getBoundingClientRect()];
    if (read.left < room.left || read.right > room.right)
      frame.scrollLeft += (read.left + read.right - room.left - room.right) / 2;
  }

  #lengthOf({rows, context}: PaddedData): number {
    const longest = rows.reduce((most, {tokens}) => Math.max(most, tokens.length), 1);
    const length = Math.round(this.length ?? Math.max(longest, context / 2)) || 1;
    return Math.max(1, Math.min(context, length));
  }

  protected override footer(data: PaddedData | undefined = this.data): FooterOptions {
    return {
      snippet: 'collate',
      picture:
        data &&
        (async () => {
          const {paddingPicture} = await import('./padding-picture.js');
          return paddingPicture(data, this.#lengthOf(data), this.readAt, this.colors.theme, this.size.width);
        }),
      table: data && (() => readingRows(data)),
    };
  }

  protected override note(): string | undefined {
    return this.data && this.#text.trim() ? notShownWords(this.data) : undefined;
  }

  protected override renderEmpty(): TemplateResult | undefined {
    return this.#text.trim()
      ? undefined
      : html`<div class="waiting">No message is left. Write one to see it in a batch.</div>`;
  }

  protected override renderBody(): TemplateResult {
    const {rows, messages} = this.data ?? {rows: [], messages: 0};
    const more = Math.min(messages, MOST_ROWS);
    return html`${super.renderBody()}
    ${
      messages > FIRST_ROWS && this.#text.trim()
        ? html`<button class="all" @click=${() => (this.all = !this.all)}>
            ${rows.length > FIRST_ROWS ? `Show the first ${FIRST_ROWS}` : `Show ${more === messages ? 'all' : 'the first'} ${more}`}
          </button>`
        : nothing
    }
    ${this.withoutControls || this.isWaiting ? nothing : this.#renderMessages()}`;
  }

  #renderMessages(): TemplateResult {
    return html`<label class="messages"
      >Messages, one a line
      <textarea
        rows="3"
        spellcheck="false"
        .value=${this.#text}
        @input=${(event: Event) => (this.messages = (event.target as HTMLTextAreaElement).value)}
      ></textarea>
    </label>`;
  }

  protected override renderData(data: PaddedData): TemplateResult {
    const empty = this.renderEmpty();
    if (empty) return empty;
    const length = this.#lengthOf(data);
    return html`
      ${this.withoutControls ? nothing : this.#renderControls(data, length)}
      <div class="frame" part="batch" tabindex="0" role="region" aria-label="Batch, padded to ${length} tokens" ${sideways()}>
        ${this.#renderBatch(data, length)}
      </div>
      <p class="legend">
        <span><i class="seen swatch"></i> what the classifier has seen at the ${PaddingView.#places[this.readAt]}</span>
        <span><i class="pad swatch"></i> padding, ${
          data.hasEnd ? html`<code>${data.padding}</code>` : 'always the same token'
        }</span>
        ${data.classes ? html`<span><i class="share swatch"></i> probability of ${data.classes.at(-1)}, if it is read there</span>` : nothing}
      </p>
      <p class="readout" part="readout">${paddingWords(data, this.readAt, length)}</p>
    `;
  }

  #renderControls({context}: PaddedData, length: number): TemplateResult {
    const choice = (value: ReadAt, label: string) => html`<label
      ><input
        type="radio"
        name="read-at"
        value=${value}
        .checked=${this.readAt === value}
        @change=${() => (this.readAt = value)}
      />${label}</label
    >`;
    return html`<div class="controls" part="controls">
      <label
        >Padded to
        <input
          type="range"
          min="1"
          max=${context}
          .value=${String(length)}
          @input=${(event: Event) => (this.length = (event.target as HTMLInputElement).valueAsNumber)}
        /><output>${length}</output> ${length === 1 ? 'token' : 'tokens'}</label
      >
      <span role="radiogroup" aria-label="Where the head reads" class="choices">
        The classifier reads at ${choice('last-token', 'the message’s end')} ${choice('last-position', 'the row’s end')}
      </span>
    </div>`;
  }

  #renderBatch(data: PaddedData, length: number): TemplateResult {
    const {rows, classes} = data;
    const columns = Math.max(length, ...rows.map(({tokens}) => tokens.length));
    return html`<table>
      <thead>
        <tr>
          <th scope="col"><span class="visually-hidden">message</span></th>
          ${this.#renderPlace('last-token', classes)}
          ${Array.from({length: columns}, (_, t) => html`<th scope="col"><span class="visually-hidden">${t + 1}</span></th>`)}
          ${this.#renderPlace('last-position', classes)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row, r) => html`<tr>
            <th scope="row" class="number">${r + 1}</th>
            ${this.#renderVerdict(row, 'last-token', length, classes)}
            ${Array.from({length: columns}, (_, t) => this.#renderCell(row, t, length, classes))}
            ${this.#renderVerdict(row, 'last-position', length, classes)}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** The heading of what is read at one of the two places. */
  #renderPlace(place: ReadAt, classes: readonly string[] | undefined): TemplateResult {
    return html`<th scope="col" class="found ${place}-found">
      <span class="where">${classes ? 'Read at the' : 'Similarity at the'}<br /></span><i class="${place} swatch"></i> ${PaddingView.#places[place]}
    </th>`;
  }

  /** What the head says at one of the two places. */
  #renderVerdict(
    row: PaddedRow,
    place: ReadAt,
    length: number,
    classes: readonly string[] | undefined,
  ): TemplateResult {
    const right = isRight(row, length, place);
    return html`<td class="verdict ${place}-found ${place === this.readAt ? 'chosen' : ''} ${right ? '' : 'wrong'}">
      <b>${verdictWords(readingOf(row, length, place), classes)}</b>
      <span class="mark" title=${right ? 'as without padding' : 'not as without padding'}>${right ? '✓' : '✗'}</span>
    </td>`;
  }

  #renderCell(
    {tokens, readings}: PaddedRow,
    t: number,
    length: number,
    classes: readonly string[] | undefined,
  ): TemplateResult {
    const n = Math.min(tokens.length, length);
    const readsAt = this.readAt === 'last-token' ? n - 1 : length - 1;
    const kind = t >= length ? (t < tokens.length ? 'cut' : 'none') : t >= n ? 'pad' : 'token';
    const places = `${t === n - 1 ? 'last-token' : ''} ${t === length - 1 ? 'last-position' : ''}`;
    const marks = `${kind} ${t <= readsAt ? 'seen' : ''} ${t === readsAt ? 'reads' : ''} ${places}`;
    const probs = kind === 'pad' ? readings[t]?.probs : undefined;
    const color = probs && shareScale(this.colors.theme, 'linear').color(probs.at(-1)!);
    const title =
      kind === 'cut'
        ? 'cut off'
        : probs && classes
          ? `read here: ${classes.at(-1)} ${probs.at(-1)!.toFixed(2)}`
          : kind === 'pad'
            ? 'padding'
            : '';
    return html`<td
      class=${marks}
      title=${title || nothing}
      .style=${color ? `background-color: ${color}` : ''}
      >${kind === 'token' || kind === 'cut' ? visibleToken(tokens[t]!) : ''}</td
    >`;
  }
}

define('padding-view', PaddingView);

declare global {
  interface HTMLElementTagNameMap {
    'padding-view': PaddingView;
  }
}
