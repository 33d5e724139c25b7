import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {dropWeights, type Matrix} from '../../math/attention.js';
import {define} from '../../ui/base/define.js';
import {decimals, percent, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import type {AttentionLayer, HeadValues} from '../../ui/model/attention-layer.js';
import {LayerElement} from '../../ui/model/layer-element.js';
import {type NumberCell, renderNumberTable} from '../../ui/views/number-table.js';
import {numberTableStyles} from '../../ui/views/number-table.styles.js';
import {shareScale} from '../../viz/color.js';
import {styles} from './attention-dropout.styles.js';
import {type DrawOptions, keptBy, meanOfDraws} from './draws.js';

/** Draws that a mean is taken over. */
const MANY = 200;

/**
 * Dropout on attention weights: in training each weight is left out with some probability, another choice at every step, and
 * what is kept grows by 1/(1 − p). When the model writes, nothing is left out.
 *
 * Shows the weights of `weights` set as a property, else of a model (`for`, an ancestor `<gpt-model>`, the page's default
 * model). Which weights are dropped follows from the seed by the function that training itself uses.
 *
 * @summary Seeded dropout on attention weights, its rescaling, and its absence in inference.
 * @group attention
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart mode - The choice between training and writing.
 * @csspart tables - The numbers.
 * @csspart readout - The line that says what is pointed at.
 * @csspart footer - Facts, code and embed.
 * @cssproperty --gpt-attention - The color of weight 1; weight 0 is the background.
 * @cssproperty --gpt-masked - The hatching of the future.
 */
export class AttentionDropout extends LayerElement {
  static override styles = [...LayerElement.styles, numberTableStyles, styles];
  static override lead =
    'Why drop attention weights at random? So that the model cannot come to rely on a single one. Each training step drops different ones and scales up the rest.';
  static override textField = {...LayerElement.textField, maxTokens: 7};

  /** Probability of leaving a weight out, 0 … 0.9. */
  @property({type: Number, reflect: true}) accessor rate = 0.3;
  /** Which draw; a training step has its own. */
  @property({type: Number, reflect: true}) accessor seed = 1;
  /** `training` drops, `inference` does not. */
  @property({reflect: true}) accessor mode: 'training' | 'inference' = 'training';

  @state() private accessor highlighted: NumberCell | undefined;
  /** Shows the mean of many draws in place of one. */
  @state() private accessor averaged = false;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.mode !== 'inference') this.mode = 'training';
    this.rate = Number.isFinite(this.rate) ? Math.min(0.9, Math.max(0, this.rate)) : 0;
  }

  protected override footer(): FooterOptions {
    return {...super.footer(), snippet: 'dropout-mask'};
  }

  protected override renderLayer(layer: AttentionLayer, head: HeadValues): TemplateResult {
    const tokens = layer.tokens.map(visibleToken);
    const T = tokens.length;
    const rate = this.mode === 'training' ? this.rate : 0;
    const draw: DrawOptions = {
      layer: layer.layer,
      head: this.shownHead,
      heads: layer.heads.length,
      rate,
      seed: this.seed,
    };
    const kept = keptBy(T, draw);
    const averaged = this.averaged && rate > 0;
    const dropped = averaged ? meanOfDraws(head.weights, MANY, draw) : dropWeights(head.weights, kept, rate);
    const gone = ({row, column}: NumberCell): boolean => !averaged && !kept[row]![column];
    const table = (caption: string, values: Matrix, withDropped: boolean): TemplateResult =>
      renderNumberTable({
        caption,
        rows: tokens,
        columns: tokens,
        rowRole: 'query',
        columnRole: 'key',
        values,
        scale: shareScale(this.colors.theme),
        theme: this.colors.theme,
        print: (value) => decimals(value, 2),
        masked: ({row, column}) => column > row,
        dropped: withDropped ? gone : undefined,
        highlighted: this.highlighted,
        point: (cell) => (this.highlighted = cell),
      });
    return html`
      <div class="controls">
        ${this.renderPickers(layer)}
        <div class="steps" part="mode" role="group" aria-label="When">
          <button aria-pressed=${this.mode === 'training'} @click=${() => (this.mode = 'training')}>training</button>
          <button aria-pressed=${this.mode === 'inference'} @click=${() => (this.mode = 'inference')}>inference</button>
        </div>
        ${this.mode === 'training' ? this.#renderDraw() : nothing}
      </div>
      <div class="tables" part="tables">
        ${table('attention weights', head.weights, false)}
        ${table(
          rate === 0
            ? 'kept weights: all of them'
            : averaged
              ? `mean of ${MANY} draws`
              : `kept weights × ${decimals(1 / (1 - rate), 2)}`,
          dropped,
          true,
        )}
        ${renderNumberTable({
          caption: 'sum of each row',
          rows: tokens,
          columns: ['before', 'after'],
          rowRole: 'query',
          values: dropped.map((row, i) => [sumOf(head.weights[i]!), sumOf(row)]),
          scale: shareScale(this.colors.theme),
          theme: this.colors.theme,
          print: (value) => decimals(value, 2),
          highlighted: this.highlighted && {row: this.highlighted.row},
        })}
      </div>
      <p class="readout" part="readout" role="status">${this.#reading(tokens, head.weights, kept, rate, averaged)}</p>
    `;
  }

  #renderDraw(): TemplateResult {
    return html`<label
        >p
        <input
          type="range"
          min="0"
          max="0.9"
          step="0.05"
          aria-label="Dropout rate p"
          .value=${`${this.rate}`}
          @input=${(event: Event) => (this.rate = Number((event.target as HTMLInputElement).value))} />
        <output>${decimals(this.rate, 2)}</output></label
      >
      <button @click=${() => (this.seed += 1)}>Draw again</button>
      <label
        ><input type="checkbox" .checked=${this.averaged} @change=${(event: Event) => (this.averaged = (event.target as HTMLInputElement).checked)} />
        mean of ${MANY} draws</label
      >`;
  }

  #reading(
    tokens: readonly string[],
    weights: Matrix,
    kept: readonly (readonly boolean[])[],
    rate: number,
    averaged: boolean,
  ): TemplateResult | string {
    const {highlighted} = this;
    if (highlighted && highlighted.column <= highlighted.row && highlighted.row < tokens.length) {
      const weight = weights[highlighted.row]![highlighted.column]!;
      const pair = html`<b>${tokens[highlighted.row]} → ${tokens[highlighted.column]}</b>`;
      if (rate === 0) return html`${pair}: ${decimals(weight, 3)}, passed on as it is.`;
      if (averaged)
        return html`${pair}: ${decimals(weight, 3)} before; on average over many draws, about the same.`;
      return kept[highlighted.row]![highlighted.column]
        ? html`${pair}: kept, ${decimals(weight, 3)} ÷ (1 − ${decimals(rate, 2)}) = ${decimals(weight / (1 - rate), 3)}.`
        : html`${pair}: ${decimals(weight, 3)}, dropped in this draw.`;
    }
    if (this.mode === 'inference')
      return 'When it generates, the model uses all its weights: nothing is dropped and nothing is scaled.';
    if (averaged)
      return `One draw distorts, many do not: the mean of ${MANY} draws comes close to the weights themselves. That is what the factor is for.`;
    const places = kept.flatMap((row, i) => row.slice(0, i + 1));
    const gone = places.filter((keep) => !keep).length;
    return `Seed ${this.seed}: ${gone} of ${places.length} weights are dropped, ${percent(gone / places.length)}; over many draws it is ${percent(rate)}. Each row’s sum is off now, and right on average.`;
  }
}

const sumOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0);

define('attention-dropout', AttentionDropout);

declare global {
  interface HTMLElementTagNameMap {
    'attention-dropout': AttentionDropout;
  }
}
