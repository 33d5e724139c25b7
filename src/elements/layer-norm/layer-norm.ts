import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {argMax} from '../../math/largest.js';
import {layerNormSteps} from '../../math/layer-norm.js';
import type {LiveModel} from '../../state/live-model.js';
import {chosenIndex} from '../../ui/base/chosen-index.js';
import {define} from '../../ui/base/define.js';
import {decimals, number, percent, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {TextElement} from '../../ui/base/text-element.js';
import type {ShownText} from '../../ui/base/text-field.js';
import {DrawingView} from '../../ui/views/drawing.js';
import {exportWidth, picture} from '../../viz/picture.js';
import {renderDepth, sizesInWords} from './depth-view.js';
import {styles} from './layer-norm.styles.js';
import {
  type LayerNormData,
  type NormInput,
  type NormPlace,
  normFrom,
  readNorms,
  sizesAt,
} from './layer-norm-data.js';
import {channelAt, drawNorm, type NormDrawing, normHeight} from './norm-drawing.js';

/**
 * How a layer norm changes one token's vector: its mean is subtracted, it is divided by its standard deviation, and each
 * number is scaled by γ and shifted by β, which are learned. Every norm of the model can be looked at, with the size of
 * the numbers before and after it; and all norms can be left out, to see what becomes of the prediction.
 *
 * Shows `norm` set as a property, else the norms of a model (`for`, an ancestor `<gpt-model>`, the page's default model).
 *
 * @summary Mean, variance, scale and shift of a real row, at every layer norm of a model.
 * @group the block
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart tokens - The tokens of the text.
 * @csspart norms - The norms of the model, with the size of the numbers before and after each.
 * @csspart readout - The line that follows one number through the norm.
 * @csspart footer - Facts, code, export and embed.
 * @cssproperty --gpt-residual - What enters the norm.
 * @cssproperty --gpt-norm - What leaves it.
 */
export class LayerNorm extends TextElement<LayerNormData, {leftOut: boolean}> {
  static override styles = [...TextElement.styles, ...styles];
  static override givenFacts = 'Vectors given by this page';
  static override lead =
    'Why does each part first rescale what it reads? The numbers in the stream grow from part to part; layer norm brings each token’s numbers back to mean 0 and standard deviation 1.';
  static override textField = {maxTokens: 12, empty: 'Type a text to see the vectors of its tokens.'};

  /** `{x, gamma?, beta?}`: vectors `[T][C]` and a norm's scale and shift `[C]`. With these, no model is asked. */
  @property({attribute: false}) accessor norm: NormInput | undefined;
  /** The tokens that the rows of `norm.x` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** The norm on show by its GPT-2 name: `h.0.ln_1`, `h.1.ln_2`, `ln_f`. Default: the first. */
  @property({reflect: true}) accessor at = '';
  /** The token on show, counted from 0. Default: the last. */
  @property({type: Number, reflect: true}) accessor token: number | undefined;
  /** Runs the model without any of its layer norms. */
  @property({type: Boolean, reflect: true, attribute: 'left-out'}) accessor leftOut = false;
  /** Leaves out the choice of token and norm, and the switch. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  @state() private accessor pointed: number | undefined;
  readonly #drawing = new DrawingView();

  protected override dataFromProperties(): LayerNormData | undefined {
    return this.norm && normFrom(this.norm, this.tokens);
  }

  protected override request(): {leftOut: boolean} {
    return {leftOut: this.leftOut};
  }

  protected override load(
    model: LiveModel,
    {ids, leftOut}: {leftOut: boolean} & ShownText,
    signal: AbortSignal,
  ): Promise<LayerNormData> {
    return readNorms(model, ids, leftOut, signal);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('text') || changed.has('at') || changed.has('token')) this.pointed = undefined;
  }

  #chosen({tokens, norms}: LayerNormData): {norm: NormPlace; index: number; token: number} {
    const index = Math.max(
      0,
      norms.findIndex(({at}) => at === this.at),
    );
    return {norm: norms[index]!, index, token: chosenIndex(this.token, tokens.length)};
  }

  #compose(data: LayerNormData): NormDrawing {
    const {norm, token} = this.#chosen(data);
    const x = norm.x[token]!;
    const usual = norm.usual?.[token];
    const {gamma, beta} = norm;
    const sizes = Array.from(x, Math.abs);
    const channel = Math.min(this.pointed ?? argMax(sizes), x.length - 1);
    return {
      token: visibleToken(data.tokens[token]!),
      x,
      usual,
      gamma,
      beta,
      steps: layerNormSteps(usual ?? x, gamma, beta),
      channel,
    };
  }

  protected override renderData(data: LayerNormData): TemplateResult {
    const drawing = this.#compose(data);
    const {norm} = this.#chosen(data);
    const {width} = this.size;
    const followed = this.#followed(drawing);
    return html`
      ${this.withoutControls ? nothing : this.#renderControls(data)}
      <p class="caption">
        The ${data.width} numbers of <span class="token">${drawing.token}</span>, ${norm.name}, step by step. At the
        right, how many lie where; the band is one standard deviation around the mean.
      </p>
      ${this.#drawing.render({
        name: 'norm',
        label: `Numbers of ${drawing.token} through the layer norm`,
        width,
        height: normHeight(drawing),
        draw: (surface) => drawNorm(surface, drawing, this.colors.theme),
        inputs: [data, this.at, this.token, drawing.channel, this.colors.theme],
        cursor: {now: drawing.channel + 1, min: 1, max: data.width, step: 1, text: followed},
        point: (at) => (this.pointed = at && channelAt(at.x, width, data.width)),
        move: (to) => (this.pointed = to - 1),
      })}
      <p class="readout" part="readout">${followed} ${this.#renderOutcome(data)}</p>
    `;
  }

  #renderControls(data: LayerNormData): TemplateResult {
    const {index, token} = this.#chosen(data);
    const sizes = data.norms.map((norm) => ({at: norm.at, name: norm.name, ...sizesAt(norm, token)}));
    return html`
      <div class="choices">
        <div class="chips" part="tokens" role="group" aria-label="Which token?">
          ${data.tokens.map(
            (text, i) =>
              html`<button class="chip" aria-pressed=${i === token} @click=${() => (this.token = i)}>${visibleToken(text)}</button>`,
          )}
        </div>
        ${
          this.isGiven
            ? nothing
            : html`<label
                ><input
                  type="checkbox"
                  .checked=${this.leftOut}
                  @change=${(event: Event) => (this.leftOut = (event.target as HTMLInputElement).checked)}
                />leave out every layer norm</label
              >`
        }
      </div>
      ${
        this.isGiven
          ? nothing
          : html`<p class="caption">
                How far its numbers spread (standard deviation):
                <span class="before-color">in the stream</span> and
                <span class="after-color">after the norm</span>
              </p>
              ${renderDepth(sizes, index, (chosen) => (this.at = data.norms[chosen]!.at))}
              <p class="growth">${sizesInWords(sizes, this.leftOut)}</p>`
      }
    `;
  }

  /** One number on its way, in words. */
  #followed({token, x, usual, gamma, beta, steps, channel}: NormDrawing): string {
    const name = `Number ${channel + 1} of ${token}`;
    const value = x[channel]!;
    if (usual) return `${name} without norms: ${number(value)}, and the next sublayer reads it as it is.`;
    const {mean, deviation, normalized, output} = steps;
    const signed = (term: number): string => `${term < 0 ? '−' : '+'} ${number(Math.abs(term))}`;
    return `${name}: (${number(value)} ${signed(-mean)}) / ${number(deviation)} = ${number(normalized[channel]!)}. Then × ${number(gamma[channel]!)} ${signed(beta[channel]!)} = ${number(output[channel]!)}.`;
  }

  #renderOutcome({outcomes}: LayerNormData): TemplateResult | typeof nothing {
    if (!outcomes) return nothing;
    const {with: usual, without} = outcomes;
    const token = (text: string): TemplateResult => html`<span class="token">${visibleToken(text)}</span>`;
    return html`Without its norms the model’s first choice for the next token is ${token(without.next)}
      (${percent(without.probability)}); with them it is ${token(usual.next)}
      (${percent(usual.probability)}).${
        usual.loss === undefined || without.loss === undefined
          ? nothing
          : html` Its loss on this text is <b>${decimals(without.loss, 2)}</b> instead of
              <b>${decimals(usual.loss, 2)}</b>.`
      }`;
  }

  protected override footer(data = this.data): FooterOptions {
    const snippet = 'layer-norm';
    if (!data) return {snippet};
    const drawing = this.#compose(data);
    const {theme} = this.colors;
    const width = exportWidth(this.size.width);
    return {
      snippet,
      picture: picture({
        width,
        height: normHeight(drawing),
        title: `Layer norm of ${drawing.token}`,
        theme,
        draw: (surface) => drawNorm(surface, drawing, theme),
      }),
      table: () => [
        ['number', 'x', 'normalized', 'gamma', 'beta', 'output'],
        ...Array.from(drawing.x, (value, c) => [
          c + 1,
          value,
          drawing.steps.normalized[c]!,
          drawing.gamma[c]!,
          drawing.beta[c]!,
          drawing.steps.output[c]!,
        ]),
      ],
    };
  }

  protected override updated(): void {
    this.#drawing.paint(this.renderRoot);
  }
}

define('layer-norm', LayerNorm);

declare global {
  interface HTMLElementTagNameMap {
    'layer-norm': LayerNorm;
  }
}
