import {html, nothing, svg, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ACTIVATION_NAMES, ACTIVATIONS, type ActivationName} from '../../math/activations.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import {decimals, number, percent, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {TextElement} from '../../ui/base/text-element.js';
import type {ShownText} from '../../ui/base/text-field.js';
import {renderGuess, renderLosses} from '../../ui/model/outcome-words.js';
import {DrawingView} from '../../ui/views/drawing.js';
import {renderIndexPicker} from '../../ui/views/index-picker.js';
import {exportWidth, picture} from '../../viz/picture.js';
import {type ActivationData, readPreActivations, shareBelow} from './activation-data.js';
import {
  type ActivationDrawing,
  activationHeight,
  drawActivations,
  LOOKS,
  plotWidth,
  X_RANGE,
  xAt,
} from './activation-drawing.js';
import {styles} from './activation-plot.styles.js';

/** Where the reading begins: GELU is near its lowest point, where ReLU is flat. */
const DEFAULT_X = -0.75;
/** Pixels: a wider plot would flatten the curves. */
const WIDEST = 1100;

/**
 * Activation functions and their slopes as curves (GELU in GPT-2's tanh form and in its exact form, ReLU, SiLU), with the
 * numbers that a model's feed-forward layer sends through its GELU as a histogram below, and what the model predicts with
 * its GELU and with a straight line in its place.
 *
 * Shows `values` set as a property, else those of a model (`for`, an ancestor `<gpt-model>`, the page's default model).
 *
 * @summary GELU, ReLU and SiLU with their slopes, above the model's own pre-activations.
 * @group the block
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart answer - What the bend does in this model, and what the model is without it.
 * @csspart controls - The choice of functions and block.
 * @csspart readout - The line that says what is notable.
 * @csspart footer - Facts, code, export and embed.
 * @cssproperty --gpt-mlp - GELU, and the model's numbers.
 * @cssproperty --gpt-attention - The probabilities of the next token.
 */
export class ActivationPlot extends TextElement<ActivationData, {layer: number}> {
  static override styles = [...TextElement.styles, ...styles];
  static override givenFacts = 'Numbers given by this page';
  static override lead =
    'Why does an MLP need GELU? In this small network, GELU stands between two matrices: it lets large numbers through and shrinks those below 0 to almost nothing. With a straight line instead, the two matrices could do no more than one.';
  static override textField = {empty: 'Type a text to see what enters the function.'};

  /** The numbers that enter the function. With these, no model is asked. */
  @property({attribute: false}) accessor values: readonly number[] | Float32Array | undefined;
  /** The functions on show, separated by spaces: `gelu`, `gelu-exact`, `relu`, `silu`. */
  @property({reflect: true}) accessor functions = 'gelu relu';
  /** Where the functions are read, from −5 to 3. */
  @property({type: Number, reflect: true}) accessor x = DEFAULT_X;
  /** The block whose numbers are shown, counted from 0; readers see “block 1”. */
  @property({type: Number, reflect: true}) accessor layer = 0;
  /** Leaves out the choice of functions and block. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  readonly #drawing = new DrawingView();

  protected override dataFromProperties(): ActivationData | undefined {
    if (this.values?.length === 0) throw new Error('“values” is empty: give at least one number.');
    return this.values && {values: this.values, layers: 1, layer: 0};
  }

  protected override request(): {layer: number} {
    return {layer: this.layer};
  }

  protected override load(
    model: LiveModel,
    {ids, layer}: {layer: number} & ShownText,
    signal: AbortSignal,
  ): Promise<ActivationData> {
    return readPreActivations(model, ids, layer, signal);
  }

  get #functions(): ActivationName[] {
    const names = (this.functions ?? '').split(/\s+/);
    return ACTIVATION_NAMES.filter((name) => names.includes(name));
  }

  get #x(): number {
    return Number.isFinite(this.x) && this.x !== null
      ? Math.max(X_RANGE[0], Math.min(X_RANGE[1], this.x))
      : DEFAULT_X;
  }

  #compose({values, last, outcomes}: ActivationData): ActivationDrawing {
    return {functions: this.#functions, values, x: this.#x, last, outcomes};
  }

  protected override renderData(data: ActivationData): TemplateResult {
    const drawing = this.#compose(data);
    const width = Math.min(WIDEST, this.size.width);
    const x = this.#x;
    return html`
      <p class="answer" part="answer">${this.#answer(data)}</p>
      ${this.withoutControls ? nothing : this.#renderControls(data)}
      ${this.#drawing.render({
        name: 'plot',
        label: 'Where the functions are read',
        width,
        height: activationHeight(width, drawing),
        draw: (surface) => drawActivations(surface, drawing, this.colors.theme),
        inputs: [data, this.functions, x, this.colors.theme],
        cursor: {
          now: x,
          min: X_RANGE[0],
          max: X_RANGE[1],
          step: 0.05,
          text: `x = ${decimals(x, 2)}; ${this.#functions.map((name) => `${LOOKS[name].name} ${decimals(ACTIVATIONS[name].value(x), 3)}`).join(', ')}`,
        },
        point: (at) => {
          const room = plotWidth(width, drawing);
          if (at && at.x <= room) this.x = xAt(at.x, room);
        },
        move: (to) => (this.x = Math.round(100 * to) / 100),
      })}
      <div class="said">
        ${this.#renderReadings(x)}
        <p class="readout" part="readout">${this.#reading(data)}</p>
      </div>
    `;
  }

  #renderControls({layers, layer}: ActivationData): TemplateResult {
    const toggle = (name: ActivationName, checked: boolean): void => {
      const shown = new Set(this.#functions);
      if (checked) shown.add(name);
      else shown.delete(name);
      this.functions = ACTIVATION_NAMES.filter((one) => shown.has(one)).join(' ');
    };
    return html`<div class="controls functions" part="controls">
      ${ACTIVATION_NAMES.map(
        (name) => html`<label
          ><input
            type="checkbox"
            name=${name}
            .checked=${this.#functions.includes(name)}
            @change=${(event: Event) => toggle(name, (event.target as HTMLInputElement).checked)}
          />${this.#swatch(name)}${LOOKS[name].name}</label
        >`,
      )}
      ${renderIndexPicker('numbers of block', layers, layer, (index) => (this.layer = index))}
    </div>`;
  }

  #swatch(name: ActivationName): TemplateResult {
    const {color, dash, lineWidth} = LOOKS[name];
    return html`<svg class="swatch" viewBox="0 0 32 12" aria-hidden="true">${svg`<line
      x1="0" y1="6" x2="32" y2="6" stroke=${this.colors.theme[color]} stroke-width=${lineWidth}
      stroke-dasharray=${dash?.join(' ') ?? ''}></line>`}</svg>`;
  }

  #renderReadings(x: number): TemplateResult {
    return html`<table>
      <caption>
        At x = <span class="number">${decimals(x, 2)}</span> (point at the plot to move it)
      </caption>
      <thead>
        <tr>
          <th scope="col">function</th>
          <th scope="col">f(x)</th>
          <th scope="col">slope</th>
        </tr>
      </thead>
      <tbody>
        ${this.#functions.map(
          (name) => html`<tr>
            <th scope="row">${this.#swatch(name)}${LOOKS[name].name}</th>
            <td class="number">${decimals(ACTIVATIONS[name].value(x), 4)}</td>
            <td class="number">${decimals(ACTIVATIONS[name].slope(x), 4)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** What the bend does in this model, and what the model is without it. */
  #answer({values, last = '', outcomes}: ActivationData): TemplateResult {
    const off = html`<b>${percent(shareBelow(values, 0))}</b> of the numbers that go in are negative: GELU lets almost nothing of them through.`;
    if (!outcomes) return off;
    const {bent, straight} = outcomes;
    return html`${off} With a straight line, all get through, and the first guess after
      <span class="token">${visibleToken(last)}</span> is ${renderGuess(straight)} instead of ${renderGuess(bent)}.${renderLosses(bent, straight)}`;
  }

  #reading({values}: ActivationData): TemplateResult {
    const [low, high] = X_RANGE;
    const outside = shareBelow(values, low) + 1 - shareBelow(values, high);
    return html`GELU turns a negative number into something between ${number(ACTIVATIONS.gelu.value(-0.75), 2)} and 0,
      and leaves a large one as it is.${
        outside > 0
          ? html` ${percent(outside)} of the numbers lie outside the plot; they are counted in its first and last bars.`
          : nothing
      }`;
  }

  protected override footer(data = this.data): FooterOptions {
    const snippet = [
      {name: 'gelu', label: 'in the model: GELU as a tensor operation'},
      {name: 'activations', label: 'in this plot: functions and slopes'},
    ] as const;
    if (!data) return {snippet};
    const drawing = this.#compose(data);
    const {theme} = this.colors;
    const width = exportWidth(this.size.width);
    return {
      snippet,
      picture: picture({
        width,
        height: activationHeight(width, drawing),
        title: 'Activation functions',
        theme,
        draw: (surface) => drawActivations(surface, drawing, theme),
      }),
      table: () => activationRows(drawing.functions),
    };
  }

  protected override updated(): void {
    this.#drawing.paint(this.renderRoot);
  }
}

/** The curves as numbers, a row every tenth. */
function* activationRows(functions: readonly ActivationName[]): Generator<(string | number)[]> {
  yield ['x', ...functions.flatMap((name) => [LOOKS[name].name, `${LOOKS[name].name}, slope`])];
  for (let i = 10 * X_RANGE[0]; i <= 10 * X_RANGE[1]; i++)
    yield [
      i / 10,
      ...functions.flatMap((name) => [ACTIVATIONS[name].value(i / 10), ACTIVATIONS[name].slope(i / 10)]),
    ];
}

define('activation-plot', ActivationPlot);

declare global {
  interface HTMLElementTagNameMap {
    'activation-plot': ActivationPlot;
  }
}
