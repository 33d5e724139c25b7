import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {define} from '../../ui/base/define.js';
import {number} from '../../ui/base/format.js';
import {type FooterOptions, GptElement, type Picture} from '../../ui/base/gpt-element.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {renderSamples, samplesStyles} from '../../ui/views/samples.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {drawLines} from '../../viz/lines.js';
import {picture} from '../../viz/picture.js';
import {letters} from './letters.js';
import {RECORDED} from './recorded.js';
import {styles} from './run-compare.styles.js';
import {type Sides, START_NAMES, samplesOf, startsChart, startsInWords} from './starts-view.js';
import {STARTS_TRAINING, TwoStarts} from './two-starts.js';

const CHART_HEIGHT = 280;
const PROMPT = 'Dear Mia,';
const LETTERS = 80;

/**
 * Trains two models of one size on the same new text, a step of each in turn: one starts from random weights, the other from the weights
 * of a model (`for`, an ancestor `<gpt-model>`, the page's default model), which stays as it is. That model may be trained in the page,
 * come trained, or be loaded from a `checkpoint`. A recorded run is shown first.
 *
 * @summary The same text learned from random and from learned weights: two curves.
 * @group training
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart controls - The button that trains both.
 * @csspart chart - The drawing.
 * @csspart readout - The line that says what came out.
 * @csspart samples - What each model writes in the end.
 * @csspart footer - Facts, export and embed.
 * @cssproperty --gpt-key - The curve from random weights.
 * @cssproperty --gpt-query - The curve from learned weights.
 */
export class RunCompare extends GptElement {
  static override styles = [...GptElement.styles, samplesStyles, styles];
  static override lead =
    'Is it worth keeping what a model has learned? Two models learn to write letters: one starts from random weights, the other from weights that have learned to tell tales.';

  /** The text that both learn. Default: short letters, made for this. */
  @property() accessor text = '';
  /** Training steps of each model. */
  @property({type: Number, reflect: true}) accessor steps: number = STARTS_TRAINING.steps;
  /** What both continue in the end. */
  @property({reflect: true}) accessor prompt = PROMPT;

  readonly #experiment = new TwoStarts(() => this.requestUpdate());
  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #models = new ModelController(this, ['gpt-facts'], () => this.#experiment.stop());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#experiment.stop();
  }

  /** The reader's own run; until there is one, a recorded one. */
  get #sides(): Sides {
    const {begun, running, sides} = this.#experiment;
    return begun || running ? sides : RECORDED;
  }

  get #isRecorded(): boolean {
    return this.#sides === RECORDED;
  }

  /** Trains both models; resolves when they have written. */
  async train(): Promise<void> {
    const base = await this.#models.whenFound();
    await this.#experiment.run(base, this.text || letters(LETTERS), this.prompt, this.steps);
  }

  #stop = (): void => {
    this.#experiment.stop();
    this.requestUpdate();
  };

  protected override renderBody(): TemplateResult {
    const {running, error, begun} = this.#experiment;
    const sides = this.#sides;
    return html`
      <div class="controls" part="controls">
        ${
          running
            ? html`<button @click=${this.#stop}>Stop</button>
                <progress max=${this.steps} .value=${this.#step} aria-label="Training steps of both models"></progress>
                <span class="number">step ${number(this.#step)} of ${number(this.steps)}</span>`
            : html`<button class="primary" @click=${() => void this.train()}>${begun ? 'Train both again' : 'Train both'}</button>
                <span>${this.#told()}</span>`
        }
      </div>
      ${error ? html`<p class="error" role="alert">${error}</p>` : nothing}
      ${this.#models.problem ? renderProblem(this.#models.problem, this.#models.retry) : nothing}
      <div class="beside">
        <div class="chart">
          <canvas class="curves" part="chart" role="img" aria-label="Two loss curves. ${startsInWords(sides)}"></canvas>
          <p class="signs">Thin: each batch. Dashed: letters held back from both. In a text, � is a byte that is no letter.</p>
        </div>
        ${renderSamples(samplesOf(sides, this.#isRecorded ? PROMPT : this.prompt), running)}
      </div>
      <p class="readout" part="readout" role="status">${startsInWords(sides)}</p>
    `;
  }

  #told(): string {
    if (this.#isRecorded)
      return 'A recorded run of the course’s trained model. Train both to see it happen here.';
    return this.#experiment.done
      ? ''
      : `Stopped at step ${number(this.#step)} of ${number(this.steps)}, before they wrote.`;
  }

  /** How far both have come. */
  get #step(): number {
    return Math.min(...this.#sides.map(({steps}) => steps.length));
  }

  #chart() {
    const steps = this.#isRecorded ? STARTS_TRAINING.steps : this.steps;
    return startsChart(this.#sides, steps, this.#colors.theme);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.#size.width) return;
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('.curves')!;
    const width = canvas.parentElement!.clientWidth;
    drawLines(new CanvasSurface(canvas, width, CHART_HEIGHT), this.#chart(), this.#colors.theme);
  }

  protected override footer(): FooterOptions {
    return {picture: this.#picture(), table: () => this.#rows()};
  }

  #picture(): Picture {
    const {theme} = this.#colors;
    const chart = this.#chart();
    return picture({
      width: Math.min(this.#size.width || 720, 720),
      height: CHART_HEIGHT,
      title: startsInWords(this.#sides),
      theme,
      draw: (surface) => drawLines(surface, chart, theme),
    });
  }

  *#rows(): Generator<(string | number)[]> {
    yield ['start', 'step', 'validation loss'];
    for (const [i, {evals}] of this.#sides.entries())
      for (const {step, validation} of evals) yield [START_NAMES[i]!, step, validation!.loss];
  }
}

define('run-compare', RunCompare);

declare global {
  interface HTMLElementTagNameMap {
    'run-compare': RunCompare;
  }
}
