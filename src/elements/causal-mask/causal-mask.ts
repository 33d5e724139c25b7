import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {largestDifference} from '../../math/differences.js';
import {DEFAULT_SPEC} from '../../state/index.js';
import {define} from '../../ui/base/define.js';
import {number, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import type {AttentionLayer, HeadValues} from '../../ui/model/attention-layer.js';
import {LayerElement} from '../../ui/model/layer-element.js';
import type {PairedRun} from '../../ui/model/paired-runs.js';
import type {NumberCell} from '../../ui/views/number-table.js';
import {numberTableStyles} from '../../ui/views/number-table.styles.js';
import {samplesStyles} from '../../ui/views/samples.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {drawLines} from '../../viz/lines.js';
import {styles} from './causal-mask.styles.js';
import {LEAK_TRAINING, LeakExperiment} from './leak.js';
import {RECORDED} from './leak-recorded.js';
import {leakChart, renderLeak} from './leak-view.js';
import {renderWays, type Ways, waysOf, waysReading} from './two-ways.js';

const PROMPT = 'One ';
const CHART_HEIGHT = 180;

/**
 * Why a token must not see what comes after it, and how it is kept from doing so: scores of the future set to −∞ before the
 * softmax, or its weights struck out afterwards and the rest scaled up. The two are the same.
 *
 * And what happens without: the curves of two small GPTs, one with the mask and one without; recorded first, then trained in the page.
 *
 * Shows the scores of `weights` set as a property, else of a model (`for`, an ancestor `<gpt-model>`, the page's default model).
 *
 * @summary The causal mask, before or after the softmax, and what a model learns without it.
 * @group attention
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart ways - The choice between masking before and after the softmax.
 * @csspart tables - The numbers.
 * @csspart readout - The line that says what is pointed at.
 * @csspart leak - The experiment: two models, two curves, two texts.
 * @csspart samples - What the two models of the experiment write.
 * @csspart footer - Facts, code and embed.
 * @cssproperty --gpt-masked - The hatching of what is masked.
 * @cssproperty --gpt-attention - The color of weight 1; weight 0 is the background.
 * @cssproperty --gpt-train - The curve of the model with the mask.
 * @cssproperty --gpt-validation - The curve of the model without it.
 */
export class CausalMask extends LayerElement {
  static override styles = [...LayerElement.styles, numberTableStyles, samplesStyles, styles];
  static override lead =
    'Why may a token not see the future? Because the next token is what it has to predict. The mask hides it: without the mask, a model copies the answer and learns nothing.';
  static override textField = {...LayerElement.textField, maxTokens: 6};

  /** Masks scores before the softmax, or weights after it. */
  @property({reflect: true}) accessor way: 'before' | 'after' = 'before';
  /** Training steps of each model in the experiment. */
  @property({type: Number, reflect: true}) accessor steps: number = LEAK_TRAINING.steps;
  /** Leaves out the experiment. */
  @property({type: Boolean, reflect: true, attribute: 'without-experiment'}) accessor withoutExperiment =
    false;

  @state() private accessor highlighted: NumberCell | undefined;

  readonly #experiment = new LeakExperiment(() => this.requestUpdate());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#experiment.stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.way !== 'after') this.way = 'before';
  }

  protected override footer(): FooterOptions {
    return {...super.footer(), snippet: this.way === 'before' ? 'mask-before' : 'mask-after'};
  }

  protected override renderLayer(layer: AttentionLayer, head: HeadValues): TemplateResult {
    const tokens = layer.tokens.map(visibleToken);
    const ways = waysOf(head.scores);
    const {way, highlighted} = this;
    return html`<div class="story ${this.withoutExperiment ? '' : 'with-leak'}">
      <section>
      <p class="explain">
        <b>What the mask hides.</b> Each row is a token that has to predict the next one: its answer is framed. The mask
        hides the answer, and all that follows.
      </p>
      <p class="key">
        ${way === 'before' ? html`score: <span><i class="positive"></i> above 0</span> <span><i class="negative"></i> below 0</span>` : nothing}
        <span><i class="share"></i> share of attention</span> <span><i class="masked"></i> masked</span>
      </p>
      <div class="tables" part="tables">
        ${renderWays({ways, tokens, way, theme: this.colors.theme, highlighted, point: (cell) => (this.highlighted = cell)})}
      </div>
      <div class="controls">
        <div class="steps" part="ways" role="group" aria-label="What is masked">
          <button aria-pressed=${way === 'before'} @click=${() => (this.way = 'before')}>Mask the scores</button>
          <button aria-pressed=${way === 'after'} @click=${() => (this.way = 'after')}>Mask the weights</button>
        </div>
        ${this.renderPickers(layer)}
      </div>
      <p class="readout" part="readout" role="status">${highlighted && highlighted.row < tokens.length && highlighted.column < tokens.length ? waysReading(ways, tokens, way, highlighted) : sameInWords(ways)}</p>
      </section>
      ${
        this.withoutExperiment
          ? nothing
          : html`<section class="leak" part="leak">
              ${renderLeak({
                experiment: this.#experiment,
                sides: this.#sides,
                prompt: PROMPT,
                steps: this.steps,
                start: () => void this.train(),
                stop: this.#stop,
              })}
            </section>`
      }
    </div>`;
  }

  /** The reader's own run; until there is one, a recorded one. */
  get #sides(): readonly PairedRun[] {
    const {begun, running, sides} = this.#experiment;
    return begun || running ? sides : RECORDED;
  }

  /** Trains both models of the experiment; resolves when they have written. */
  train(): Promise<void> {
    const corpus = this.model?.spec.corpus ?? DEFAULT_SPEC.corpus;
    return this.#experiment.run(corpus, PROMPT, this.steps);
  }

  #stop = (): void => {
    this.#experiment.stop();
    this.requestUpdate();
  };

  protected override updated(): void {
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('.curves');
    const width = canvas?.clientWidth;
    if (!canvas || !width) return;
    const {theme} = this.colors;
    const sides = this.#sides;
    drawLines(
      new CanvasSurface(canvas, width, CHART_HEIGHT),
      leakChart(sides, sides === RECORDED ? LEAK_TRAINING.steps : this.steps, theme),
      theme,
    );
  }
}

/** How far the two ways agree. */
function sameInWords({before, after}: Ways): TemplateResult {
  const difference = Math.max(...before.map((row, i) => largestDifference(row, after[i]!)));
  return html`Masked before the softmax (scores) or after it (weights), the result is the same: it differs by at most
    ${number(difference, 1)}. Models mask the scores, which saves a step.`;
}

define('causal-mask', CausalMask);

declare global {
  interface HTMLElementTagNameMap {
    'causal-mask': CausalMask;
  }
}
