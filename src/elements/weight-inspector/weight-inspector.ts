import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {WeightReading} from '../../state/index.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import {number, power} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {ViewElement} from '../../ui/base/view-element.js';
import {DrawingView} from '../../ui/views/drawing.js';
import {renderOptions} from '../../ui/views/options.js';
import {exportWidth, picture} from '../../viz/picture.js';
import {initialSample} from './initial-sample.js';
import {standoutOf} from './standout.js';
import {aboutTensor, drawnOf, groupsOf, learnedIn, readTensor, tensorFrom} from './weight-data.js';
import {cellAt, drawWeights, layOut, type WeightDrawing} from './weight-drawing.js';
import {styles} from './weight-inspector.styles.js';

type Shown = WeightReading & {missing?: string};

/**
 * Any tensor of a model by its GPT-2 name: its numbers as a heat map, their histogram and norm, and while the model
 * trains the gradient and how much the last step changed. Of a large tensor, every so many rows and columns are drawn.
 *
 * Shows `values` set as a property, else a tensor of a model (`for`, an ancestor `<gpt-model>`, the page's default model).
 *
 * @summary Any tensor by its GPT-2 name: heat map, histogram, norm, gradient and update, live while training.
 * @group the model
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart controls - The choice of the tensor.
 * @csspart numbers - Norm, mean, standard deviation, gradient and update.
 * @csspart readout - The line that reads one number.
 * @csspart footer - Facts, code, export and embed.
 * @cssproperty --gpt-positive - Positive numbers.
 * @cssproperty --gpt-negative - Negative numbers.
 */
export class WeightInspector extends ViewElement<Shown, {tensor: string}> {
  static override styles = [...ViewElement.styles, ...styles];
  static override givenFacts = 'Weights given by this page';
  static override lead =
    'What has the model learned, in plain numbers? On the left, the random numbers that training began with; on the right, what they are now. Learning shows as lines.';

  protected override lead(): string {
    return this.isGiven
      ? 'Each cell is a number: the stronger its color, the further from 0.'
      : WeightInspector.lead;
  }

  /** `[rows][columns]`: a matrix to show without any model. */
  @property({attribute: false}) accessor values: readonly (readonly number[])[] | undefined;
  /** The tensor by its GPT-2 name, such as `h.0.mlp.c_fc.weight`. Default: `h.0.attn.c_attn.weight`. */
  @property({reflect: true}) accessor tensor = '';
  /** Leaves out the choice of the tensor. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  /** The cell of the sample that is read, once the reader has chosen one. */
  @state() private accessor cell: number | undefined;
  /** What the tensor's sample was before training. */
  #initial?: Float32Array;
  readonly #initialOf = new Memo();
  readonly #drawing = new DrawingView();

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Given numbers are named by `tensor`, so they are read again with it.
    if (changed.has('tensor')) changed.set('values', this.values);
    super.willUpdate(changed);
  }

  protected override dataFromProperties(): Shown | undefined {
    return this.values && tensorFrom(this.values, this.tensor || 'values');
  }

  protected override request(): {tensor: string} {
    return {tensor: this.tensor};
  }

  protected override load(model: LiveModel, {tensor}: {tensor: string}, signal: AbortSignal): Promise<Shown> {
    return readTensor(model, tensor, signal);
  }

  protected override note(): string | undefined {
    const {missing, name} = this.data ?? {};
    return missing === undefined
      ? undefined
      : `This model has no tensor “${missing.slice(0, 100)}”. Shown is ${name}; choose another one in the list.`;
  }

  protected override renderData(data: Shown): TemplateResult {
    const {width} = this.size;
    const cells = data.sample.values.length;
    const drawing = this.#drawingOf(data);
    const isPair = drawing.initial !== undefined;
    const cell = drawing.chosen;
    const text = this.#reading(drawing);
    return html`
      ${this.withoutControls || this.isGiven ? nothing : this.#renderChoice(data)}
      <p class="about">
        <code>${data.name}</code> <span class="shape">[${data.shape.join(', ')}]</span> ${aboutTensor(data.name)} ${learnedIn(data)}
        <b>${standoutOf(data)?.words}</b>
      </p>
      ${this.#drawing.render({
        name: 'weights',
        label: `Numbers of ${data.name}`,
        width,
        height: layOut(data, width, isPair).height,
        draw: (surface) => drawWeights(surface, drawing, this.colors.theme),
        inputs: [data, cell, this.colors.theme],
        cursor: {now: cell + 1, min: 1, max: cells, step: 1, text},
        point: (at) => {
          if (at) this.cell = cellAt(at, data, width, isPair);
        },
        move: (to) => (this.cell = to - 1),
      })}
      <p class="readout" part="readout">${text} ${drawnOf(data)}</p>
      ${this.#renderNumbers(data)}
    `;
  }

  #renderChoice(data: Shown): TemplateResult {
    return html`<div class="controls" part="controls">
      <label
        >Tensor
        <select @change=${this.#choose}>
          ${groupsOf(data).map(
            ({label, tensors}) => html`<optgroup label=${label}>
              ${renderOptions(
                tensors.map(({name, shape}) => [name, `${name} [${shape.join(', ')}]`]),
                data.name,
              )}
            </optgroup>`,
          )}
        </select></label
      >
    </div>`;
  }

  #choose = (event: Event): void => {
    this.tensor = (event.target as HTMLSelectElement).value;
    this.cell = undefined;
  };

  #drawingOf(data: Shown): WeightDrawing {
    if (this.#initialOf.changed(data.name, data.initialKey, data.sample.values.length))
      this.#initial = initialSample(data);
    const standout = standoutOf(data);
    const chosen = Math.min(this.cell ?? standout?.cell ?? 0, data.sample.values.length - 1);
    return {reading: data, initial: this.#initial, framed: standout?.column, chosen};
  }

  #reading({reading: {sample, name}, initial, chosen: cell}: WeightDrawing): string {
    const row = Math.floor(cell / sample.columns) * sample.rowStride;
    const column = (cell % sample.columns) * sample.columnStride;
    return `Row ${row + 1}, column ${column + 1} of ${name}: ${initial ? `at first ${number(initial[cell]!)}, now ` : ''}${number(sample.values[cell]!)}.`;
  }

  #renderNumbers(data: Shown): TemplateResult {
    const {norm, mean, deviation, extent, training} = data;
    const gradient = training?.gradientNorm;
    const item = (name: string, value: string, what: string): TemplateResult =>
      html`<div><dt>${name}</dt><dd><b class="number">${value}</b> ${what}</dd></div>`;
    const small = (value: number): string => (value > 0 && value < 0.001 ? power(value) : number(value));
    return html`<dl part="numbers">
      ${item('norm ‖w‖', small(norm), 'the length of all numbers as one vector')}
      ${item('mean, standard deviation', `${small(mean)}, ${small(deviation)}`, `the colors are strongest at ±${number(extent)} and beyond`)}
      ${item('gradient ‖g‖', gradient === undefined ? '–' : small(gradient), 'of the last step, before clipping')}
      ${item('its running mean', training ? small(training.meanGradientNorm) : '–', 'as AdamW keeps it, over about ten steps')}
      ${item('update ‖Δw‖ / ‖w‖', training ? small(training.updateShare) : '–', training ? 'how much of itself the last step changed' : 'train the model to see what a step changes')}
    </dl>`;
  }

  protected override footer(data = this.data): FooterOptions {
    const snippet = 'adamw';
    if (!data) return {snippet};
    const {theme} = this.colors;
    const width = exportWidth(this.size.width);
    const drawing = {...this.#drawingOf(data), initial: undefined}; // both maps are too many cells for a page to carry
    return {
      snippet,
      picture: picture({
        width,
        height: layOut(data, width, false).height,
        title: `The weights ${data.name}`,
        theme,
        draw: (surface) => drawWeights(surface, drawing, theme),
      }),
      table: () => rowsOf(data),
    };
  }

  protected override updated(): void {
    this.#drawing.paint(this.renderRoot);
  }
}

/** A line for each row of the sample, with the indices of rows and columns in the tensor. */
function* rowsOf({sample}: Shown): Generator<(string | number)[]> {
  const {rows, columns, values, rowStride, columnStride} = sample;
  yield ['row', ...Array.from({length: columns}, (_, c) => `column ${c * columnStride + 1}`)];
  for (let r = 0; r < rows; r++)
    yield [r * rowStride + 1, ...values.subarray(r * columns, (r + 1) * columns)];
}

define('weight-inspector', WeightInspector);

declare global {
  interface HTMLElementTagNameMap {
    'weight-inspector': WeightInspector;
  }
}
