import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {argMax} from '../../math/largest.js';
import {layerNormSteps, standardDeviation} from '../../math/layer-norm.js';
import type {LiveModel} from '../../state/live-model.js';
import {chosenIndex} from '../../ui/base/chosen-index.js';
import {define} from '../../ui/base/define.js';
import {decimals, number, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {TextElement} from '../../ui/base/text-element.js';
import type {ShownText} from '../../ui/base/text-field.js';
import {renderGuess, renderLosses} from '../../ui/model/outcome-words.js';
import {renderTokenChoice} from '../../ui/views/choose-token.js';
import {DrawingView} from '../../ui/views/drawing.js';
import {exportWidth, picture} from '../../viz/picture.js';
import {type Contrast, contrastAt, contrastHeight, drawContrast} from './contrast-drawing.js';
import {styles} from './layer-norm.styles.js';
import {
  type LayerNormData,
  type NormInput,
  type NormPlace,
  normFrom,
  readingsOf,
  readNorms,
} from './layer-norm-data.js';
import {channelAt, drawNorm, type NormDrawing, normHeight} from './norm-drawing.js';

/** Pixels between the two drawings in a picture. */
const GAP = 24;

/**
 * How a layer norm changes one token's vector: its mean is subtracted, it is divided by its standard deviation, and each
 * number is scaled by γ and shifted by β, which are learned. Two rows show what every part of the model reads, with its
 * layer norms and without them, and what it then predicts; any norm can be looked at number by number.
 *
 * Shows `norm` set as a property, else the norms of a model (`for`, an ancestor `<gpt-model>`, the page's default model).
 *
 * @summary Mean, variance, scale and shift of a real row, at every layer norm of a model.
 * @group the block
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart tokens - The tokens of the text.
 * @csspart answer - What becomes of the model without its norms, in one sentence.
 * @csspart norms - What each part reads, with layer norm and without, and what the model then predicts.
 * @csspart readout - The line that follows one number through the norm.
 * @csspart footer - Facts, code, export and embed.
 * @cssproperty --gpt-residual - What enters the norm.
 * @cssproperty --gpt-norm - What leaves it.
 * @cssproperty --gpt-attention - The probabilities of the next token.
 */
export class LayerNorm extends TextElement<LayerNormData> {
  static override styles = [...TextElement.styles, ...styles];
  static override givenFacts = 'Vectors given by this page';
  static override lead =
    'Why does each part first rescale what it reads? Each bar is one number of the token’s vector. Layer norm shifts and scales them to mean 0 and a spread of about 1, before attention or the MLP (a small network) reads them.';
  static override textField = {maxTokens: 12, empty: 'Type a text to see the vectors of its tokens.'};

  /** `{x, gamma?, beta?}`: vectors `[T][C]` and a norm's scale and shift `[C]`. With these, no model is asked. */
  @property({attribute: false}) accessor norm: NormInput | undefined;
  /** The tokens that the rows of `norm.x` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** The norm on show by its GPT-2 name: `h.0.ln_1`, `h.1.ln_2`, `ln_f`. Default: the first. */
  @property({reflect: true}) accessor at = '';
  /** The token on show, counted from 0. Default: the last. */
  @property({type: Number, reflect: true}) accessor token: number | undefined;
  /** Shows the numbers of the model without any of its layer norms, beside those of the model as it is. */
  @property({type: Boolean, reflect: true, attribute: 'left-out'}) accessor leftOut = false;
  /** Leaves out the choice of token. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  @state() private accessor pointed: number | undefined;
  readonly #contrast = new DrawingView();
  readonly #drawing = new DrawingView();

  protected override dataFromProperties(): LayerNormData | undefined {
    return this.norm && normFrom(this.norm, this.tokens);
  }

  protected override load(model: LiveModel, {ids}: ShownText, signal: AbortSignal): Promise<LayerNormData> {
    return readNorms(model, ids, signal);
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
    const without = this.leftOut ? norm.without?.[token] : undefined;
    const x = without ?? norm.x[token]!;
    const usual = without && norm.x[token]!;
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
      ${this.withoutControls ? nothing : this.#renderChoice(data)}
      ${this.#renderContrast(data)}
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
        inputs: [data, this.at, this.leftOut, this.token, drawing.channel, this.colors.theme],
        cursor: {now: drawing.channel + 1, min: 1, max: data.width, step: 1, text: followed},
        point: (at) => (this.pointed = at && channelAt(at.x, width, data.width)),
        move: (to) => (this.pointed = to - 1),
      })}
      <p class="readout" part="readout">${followed}</p>
    `;
  }

  #renderChoice(data: LayerNormData): TemplateResult {
    const {token} = this.#chosen(data);
    return html`<div class="choices">
      ${renderTokenChoice(data.tokens, token, (index) => (this.token = index))}
    </div>`;
  }

  #compare(data: LayerNormData): Contrast | undefined {
    const {index, token} = this.#chosen(data);
    return data.outcomes && {data, token, norm: index, leftOut: this.leftOut};
  }

  /** With and without norms: the reader chooses a norm in one of the two rows. */
  #renderContrast(data: LayerNormData): TemplateResult | typeof nothing {
    const contrast = this.#compare(data);
    if (!contrast) return nothing;
    const {width} = this.size;
    const {norms} = data;
    const choose = (norm: number, leftOut: boolean): void => {
      this.at = norms[norm]!.at;
      this.leftOut = leftOut;
    };
    const now = contrast.norm + (this.leftOut ? norms.length : 0) + 1;
    return html`<p class="answer" part="answer">${this.#answer(data)}</p>
      <div
        part="norms"
        @click=${() => this.#pointedNorm && choose(this.#pointedNorm.norm, this.#pointedNorm.leftOut)}
      >
        ${this.#contrast.render({
          name: 'contrast',
          label: 'What each part reads, with layer norm and without',
          width,
          height: contrastHeight(contrast, width),
          draw: (surface) => drawContrast(surface, contrast, this.colors.theme),
          inputs: [data, this.at, this.leftOut, this.token, this.colors.theme],
          cursor: {now, min: 1, max: 2 * norms.length, step: 1, text: this.#spread(contrast)},
          point: (at) => (this.#pointedNorm = at && contrastAt(at, contrast, width)),
          move: (to) => choose((to - 1) % norms.length, to > norms.length),
        })}
      </div>`;
  }

  #pointedNorm?: Pick<Contrast, 'norm' | 'leftOut'>;

  /** The chosen norm and row, for those who do not see them. */
  #spread({data, token, norm, leftOut}: Contrast): string {
    const values = readingsOf(data, token)[leftOut ? 'without' : 'with'][norm]!;
    return `${leftOut ? 'Without layer norm' : 'With layer norm'}, ${data.norms[norm]!.reader.join(' ')} reads numbers that spread by ${decimals(standardDeviation(values), 2)}`;
  }

  /** What a reader should see in the two rows. */
  #answer(data: LayerNormData): TemplateResult {
    const {token} = this.#chosen(data);
    const {with: usual, without} = data.outcomes!;
    const spreads = readingsOf(data, token).without.map((values) => standardDeviation(values));
    const times = number(Math.max(...spreads) / Math.min(...spreads), 2);
    return html`Without layer norm, the parts read numbers of very different sizes (up to ${times} times as large) and no longer
      work: the first guess is ${renderGuess(without)} instead of ${renderGuess(usual)}.${renderLosses(usual, without)}`;
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

  protected override footer(data = this.data): FooterOptions {
    const snippet = 'layer-norm';
    if (!data) return {snippet};
    const drawing = this.#compose(data);
    const {theme} = this.colors;
    const width = exportWidth(this.size.width);
    const contrast = this.#compare(data);
    const above = contrast ? contrastHeight(contrast, width) + GAP : 0;
    return {
      snippet,
      picture: picture({
        width,
        height: above + normHeight(drawing),
        title: `Layer norm of ${drawing.token}`,
        theme,
        draw: (surface) => {
          if (contrast) drawContrast(surface, contrast, theme);
          drawNorm(surface, drawing, theme, above);
        },
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
    this.#contrast.paint(this.renderRoot);
    this.#drawing.paint(this.renderRoot);
  }
}

define('layer-norm', LayerNorm);

declare global {
  interface HTMLElementTagNameMap {
    'layer-norm': LayerNorm;
  }
}
