import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {randomStack, stackGradients} from '../../math/deep-stack.js';
import {define} from '../../ui/base/define.js';
import {count, number, power} from '../../ui/base/format.js';
import {type FooterOptions, GptElement} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {DrawingView} from '../../ui/views/drawing.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {chartFrame} from '../../viz/lines.js';
import {picture} from '../../viz/picture.js';
import {CHART_HEIGHT, chartOf, drawGradients, drawSweep, type GradientChart} from './gradient-chart.js';
import {RECORDED_SWEEP} from './recorded-sweep.js';
import {styles} from './shortcut-gradients.styles.js';
import {drawStacks, STACKS} from './stack-drawing.js';

const LAYERS = {least: 2, most: 12, usual: 12};
/** Pixels: a wider chart would flatten the curves. */
const WIDEST = 700;
/** From this width on, the chart stands beside the stacks. */
const SIDE_BY_SIDE = 760;
const GAP = 32;

const lengthText = (value: number): string =>
  value >= 0.001 && value < 1e6 ? number(value) : power(value, 2);

/** “150 million” is read more easily than a power of ten. */
const timesText = (ratio: number): string =>
  ratio >= 1e6 && ratio < 1e12 ? `about ${count(Number(ratio.toPrecision(2)))}` : lengthText(ratio);

const deepest = RECORDED_SWEEP.at(-1)!;
const sweepInWords = `Recorded, the medians of 20 stacks each: with ${deepest.layers} layers, the first one’s gradient has length ${lengthText(deepest.without)} without shortcuts, and ${lengthText(deepest.with)} with them. Nothing arrives, or too much: deep stacks need norms as well.`;

/**
 * Why deep networks need shortcuts: the same random layers with and without them, and how much gradient reaches each layer.
 * Both are computed by real forward and backward passes when the reader changes the depth or draws new weights; for up to 96
 * layers, the same was computed and recorded beforehand.
 *
 * @summary The gradient at every layer of a deep stack, with and without shortcuts.
 * @group the block
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart controls - The number of layers and the new weights.
 * @csspart stacks - What a shortcut is: the two stacks.
 * @csspart sweep - The first layer's gradient for stacks of up to 96 layers, recorded.
 * @csspart readout - The line that compares the two at a layer.
 * @csspart footer - Code, export and embed.
 * @cssproperty --gpt-residual - The stack with shortcuts.
 * @cssproperty --gpt-muted - The stack without.
 */
export class ShortcutGradients extends GptElement {
  static override styles = [...GptElement.styles, ...styles];
  static override lead =
    'Why does each part add to the stream, instead of replacing it? Adding leaves a way around each layer: a shortcut. Here are the same random layers with shortcuts and without. See how much gradient, the signal that corrects the weights in training, gets back to the first one.';

  /** L: layers of the stack, from 2 to 12. */
  @property({type: Number, reflect: true}) accessor layers: number = LAYERS.usual;
  /** Draws the weights. */
  @property({type: Number, reflect: true}) accessor seed = 1;
  /** Leaves out the controls. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  /** The layer that the reader looks at, counted from 1. */
  @state() private accessor layer = 1;
  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #drawing = new DrawingView();
  readonly #painted = new Memo();
  readonly #computed = new Memo();
  #gradients!: Omit<GradientChart, 'layer'>;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const layers = Math.max(LAYERS.least, Math.min(LAYERS.most, Math.round(this.layers)));
    if (!this.#computed.changed(layers, this.seed)) return;
    const stack = randomStack(layers, Math.round(this.seed));
    this.#gradients = {with: stackGradients(stack, 1), without: stackGradients(stack, 0)};
    this.layer = Math.min(this.layer, layers);
  }

  protected override renderBody(): TemplateResult {
    const data = {...this.#gradients, layer: this.layer};
    const layers = data.with.norms.length;
    const width = this.#width;
    const {theme} = this.#colors;
    return html`
      ${this.withoutControls ? nothing : this.#renderControls(layers)}
      <div class="charts">
      <canvas
        class="stacks"
        part="stacks"
        role="img"
        aria-label="Two stacks of layers. In one, a shortcut leads around each layer, and its output is added to what came in."
        .style="width: ${STACKS.width}px; height: ${STACKS.height}px"
      ></canvas>
      ${this.#drawing.render({
        name: 'gradients',
        label: 'Layer to read off',
        width,
        height: CHART_HEIGHT,
        draw: (surface) => drawGradients(surface, data, theme),
        inputs: [this.#gradients, this.layer, theme],
        cursor: {now: this.layer, min: 1, max: layers, step: 1, text: this.#reading(data)},
        point: (at) => at && this.#pointAt(at.x, width),
        move: (to) => (this.layer = to),
      })}
      </div>
      <p class="readout" part="readout">${this.#reading(data)}</p>
      <details>
        <summary>Deeper stacks, up to ${deepest.layers} layers</summary>
        <p>${sweepInWords}</p>
      <canvas
        class="sweep"
        part="sweep"
        role="img"
        aria-label=${`The gradient at the first layer, by depth. ${sweepInWords}`}
        .style="width: ${width}px; height: ${CHART_HEIGHT}px"
      ></canvas>
      </details>
    `;
  }

  /** Pixels of the charts. */
  get #width(): number {
    const {width} = this.#size;
    return Math.min(WIDEST, width >= SIDE_BY_SIDE ? width - GAP - STACKS.width : width);
  }

  #renderControls(layers: number): TemplateResult {
    return html`<div class="controls" part="controls">
      <label
        >layers
        <input
          type="range"
          min=${LAYERS.least}
          max=${LAYERS.most}
          .value=${`${layers}`}
          @input=${(event: Event) => (this.layers = Number((event.target as HTMLInputElement).value))}
        /><output>${layers}</output></label
      >
      <button @click=${() => (this.seed = Math.round(this.seed) + 1)}>Draw new weights</button>
    </div>`;
  }

  #pointAt(x: number, width: number): void {
    const chart = chartOf({...this.#gradients, layer: this.layer}, this.#colors.theme);
    const layers = this.#gradients.with.norms.length;
    const layer = Math.round(chartFrame(chart, width, CHART_HEIGHT).x.invert(x));
    this.layer = Math.max(1, Math.min(layers, layer));
  }

  #reading({with: kept, without, layer}: GradientChart): string {
    const [a, b] = [kept.norms[layer - 1]!, without.norms[layer - 1]!];
    return `How strongly layer ${layer} of ${kept.norms.length} is told to change (the length of its gradient): ${lengthText(a)} with shortcuts and ${lengthText(b)} without, ${timesText(a / b)} times as much.`;
  }

  protected override footer(): FooterOptions {
    const data = {...this.#gradients, layer: this.layer};
    const {theme} = this.#colors;
    return {
      snippet: 'stack-gradients',
      picture: picture({
        width: Math.max(320, Math.min(WIDEST, this.#size.width)),
        height: CHART_HEIGHT,
        title: 'Gradient at each layer, with and without shortcuts',
        theme,
        draw: (surface) => drawGradients(surface, data, theme),
      }),
      table: () => [
        ['layer', 'with shortcuts', 'without'],
        ...data.with.norms.map((norm, n) => [n + 1, norm, data.without.norms[n]!]),
      ],
    };
  }

  protected override updated(): void {
    this.#drawing.paint(this.renderRoot);
    const {theme} = this.#colors;
    const canvas = (name: string) => this.renderRoot.querySelector<HTMLCanvasElement>(`canvas.${name}`)!;
    const width = this.#width;
    if (width <= 0 || !this.#painted.changed(width, devicePixelRatio, this.#gradients, theme)) return;
    const data = {...this.#gradients, layer: this.layer, lengthText};
    drawSweep(new CanvasSurface(canvas('sweep'), width, CHART_HEIGHT), RECORDED_SWEEP, data, theme);
    drawStacks(new CanvasSurface(canvas('stacks'), STACKS.width, STACKS.height), data, theme);
  }
}

define('shortcut-gradients', ShortcutGradients);

declare global {
  interface HTMLElementTagNameMap {
    'shortcut-gradients': ShortcutGradients;
  }
}
