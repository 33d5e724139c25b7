/** What a reader can do with `<loss-chart>` and see of it: for tests and stories. */
import {key, normals} from '../../math/rng.js';
import {ElementHarness} from '../../ui/testing/element-harness.js';
import {isPainted} from '../../ui/testing/painted.js';
import {words} from '../../ui/testing/words.js';
import type {LossHistory} from '../../ui/views/loss/loss-curves.js';
import type {LossChart} from './loss-chart.js';

export class LossChartHarness extends ElementHarness<LossChart> {
  /** The cursor has a canvas of its own, which stays empty until something is pointed at. */
  override get isDrawn(): boolean {
    return this.has('.empty') || isPainted(this.canvas);
  }

  get chart(): HTMLElement {
    return this.field<HTMLElement>('.chart');
  }
  get canvas(): HTMLCanvasElement {
    return this.field<HTMLCanvasElement>('canvas.lines');
  }
  get reading(): string {
    return this.words('.reading');
  }
  get notable(): string {
    return this.words('.notable');
  }
  /** What assistive technology is told about the cross-hair. */
  get spoken(): string {
    return this.chart.ariaValueText!;
  }
  get pins(): string[] {
    return this.all('.pins li').map(words);
  }

  key(key: string, init: KeyboardEventInit = {}): Promise<void> {
    return this.keys(this.chart, {key, ...init});
  }
  /** Points at a share of the chart's width. */
  async point(share: number, type: 'pointermove' | 'click' = 'pointermove'): Promise<void> {
    const box = this.chart.getBoundingClientRect();
    const at = {clientX: box.x + share * box.width, clientY: box.y + box.height / 2, bubbles: true};
    this.chart.dispatchEvent(type === 'click' ? new MouseEvent(type, at) : new PointerEvent(type, at));
    await this.element.updateComplete;
  }
  pick(axis: 'x' | 'y', value: string): Promise<void> {
    return this.enter(`select.${axis}`, value);
  }
  smooth(value: number): Promise<void> {
    return this.enter('input[type=range]', value);
  }
  async removePin(index: number): Promise<void> {
    this.all('.pins button')[index]!.click();
    await this.element.updateComplete;
  }
}

/**
 * A curve of the usual shape, for stories and tests that need no model: it falls from ln V towards a floor like a power
 * of the step, with seeded noise; with `overfit`, validation turns up again after a third of the run.
 */
export function exampleHistory({
  steps = 1500,
  vocabSize = 40,
  floor = 0.85,
  overfit = false,
  tokensPerStep = 1024,
}: {
  steps?: number;
  vocabSize?: number;
  floor?: number;
  overfit?: boolean;
  tokensPerStep?: number;
} = {}): LossHistory {
  const start = Math.log(vocabSize);
  const trend = (step: number): number => floor + (start - floor) / (1 + (step / 60) ** 1.1);
  const noise = normals(steps, 0, 0.09, key(1));
  const turn = steps / 3;
  const evaluation = (step: number) => {
    const learned = trend(step) - (overfit ? 0.4 * (step / steps) : 0);
    const unseen = trend(step) + 0.04 + (overfit && step > turn ? 0.9 * ((step - turn) / steps) : 0);
    return {step, tokensSeen: step * tokensPerStep, train: {loss: learned}, validation: {loss: unseen}};
  };
  return {
    steps: Array.from({length: steps}, (_, i) => ({
      step: i + 1,
      tokensSeen: (i + 1) * tokensPerStep,
      loss: evaluation(i + 1).train.loss + noise[i]!,
    })),
    evals: Array.from({length: Math.floor(steps / 50) + 1}, (_, i) => evaluation(i * 50)),
    samples: [
      {step: 1, prompt: '', text: 'kgTCw TpMM'},
      {step: 100, prompt: '', text: 'The ly ced wa al'},
      {step: steps, prompt: '', text: 'One cold day Meg got a big red kite.'},
    ],
  };
}
