/** The sentences of `<loss-chart>`. */
import {html, nothing, type TemplateResult} from 'lit';
import {number, percent} from '../../ui/base/format.js';
import type {CsvRow} from '../../ui/export/csv.js';
import type {LossCurves, LossHistory, Reading, Sample, YKind} from '../../ui/views/loss/loss-curves.js';
import {yValue} from '../../ui/views/loss/loss-picture.js';

const steps = (step: number): string => (step === 1 ? '1 step' : `${step.toLocaleString('en')} steps`);

/** A rise of validation loss above its lowest by this much (nats) is no chance any more. */
const RISEN = 0.03;

/** One sentence: is it learning, is it overfitting? */
export function notable(
  curves: LossCurves,
  {floor, vocabSize}: {floor?: number; vocabSize?: number},
): string {
  const broken = curves.loss.findIndex((loss) => !Number.isFinite(loss));
  if (broken >= 0)
    return `The loss is not a number since step ${curves.steps[broken]!.toLocaleString('en')}: the weights have run away. Start again with a lower learning rate.`;
  const {validation, train, evalSteps, smoothed} = curves;
  if (!validation.length) {
    if (!smoothed.length) return '';
    const loss = smoothed.at(-1)!;
    return `Training loss ${number(loss)} after ${steps(curves.steps.at(-1)!)}${way(loss, floor, vocabSize)}.`;
  }
  const now = validation.at(-1)!;
  let best = 0;
  validation.forEach((loss, i) => {
    if (loss < validation[best]!) best = i;
  });
  const sentence = `Validation loss ${number(now)} after ${steps(evalSteps.at(-1)!)}${way(now, floor, vocabSize)}.`;
  if (now - validation[best]! > RISEN && train.at(-1)! < train[best]!)
    return `Overfitting: validation loss was lowest (${number(validation[best]!)}) at step ${evalSteps[best]!.toLocaleString('en')} and has risen to ${number(now)} since, while training loss fell to ${number(train.at(-1)!)}.`;
  return sentence;
}

function way(loss: number, floor: number | undefined, vocabSize: number | undefined): string {
  if (!vocabSize) return '';
  const guessing = Math.log(vocabSize);
  if (floor === undefined)
    return loss < guessing ? `; guessing would be ${number(guessing)}` : ', no better than guessing yet';
  const share = (guessing - loss) / (guessing - floor);
  return share > 0
    ? `: ${percent(share)} of the way from guessing to the floor`
    : ', no better than guessing yet';
}

/** What the cross-hair reads, in words. */
export function readingText(reading: Reading, y: YKind): string {
  const value = (loss: number): string => number(yValue(y, loss));
  const parts: string[] = [];
  if (reading.loss !== undefined)
    parts.push(`this batch ${value(reading.loss)}, smoothed ${value(reading.smoothed!)}`);
  const {evaluation} = reading;
  if (evaluation)
    parts.push(
      `${evaluation.step === reading.step ? '' : `evaluated at step ${evaluation.step.toLocaleString('en')}: `}training ${value(evaluation.train)}, validation ${value(evaluation.validation)}`,
    );
  return `Step ${reading.step.toLocaleString('en')}: ${y} of ${parts.join('; ')}`;
}

/** More rows than this and every n-th is shown. */
const MAX_ROWS = 200;

/** The evaluations as a table. */
export function renderTable({evalSteps, train, validation}: LossCurves): TemplateResult {
  const every = Math.ceil(evalSteps.length / MAX_ROWS);
  const rows = [...evalSteps.keys()].filter((i) => i % every === 0 || i === evalSteps.length - 1);
  return html`<table>
    <caption>
      Evaluations: mean loss in nats per token, and perplexity
    </caption>
    <thead>
      <tr>
        ${['Step', 'Training loss', 'Validation loss', 'Validation perplexity'].map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (i) => html`<tr>
          <th scope="row">${evalSteps[i]!.toLocaleString('en')}</th>
          <td>${number(train[i]!)}</td>
          <td>${number(validation[i]!)}</td>
          <td>${number(yValue('perplexity', validation[i]!))}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Samples in words: the drawing shows some of them. */
const MAX_SAMPLES = 8;

/** What the model wrote on the way, for those who cannot see the drawing: the first, the last, and some between. */
export function samplesInWords(samples: readonly Sample[]): TemplateResult | typeof nothing {
  if (samples.length === 0) return nothing;
  const every = Math.ceil(samples.length / MAX_SAMPLES);
  const told = samples.filter((_, i) => i % every === 0 || i === samples.length - 1);
  return html`<ul class="visually-hidden">
    ${told.map(({step, prompt, text}) => html`<li>After ${steps(step)} it writes: ${prompt}${text}</li>`)}
  </ul>`;
}

/** Every batch and every evaluation as lines of a file, in the order of the steps, in nats per token. */
export function* historyRows({steps, evals}: LossHistory): Generator<CsvRow> {
  yield ['step', 'tokens seen', 'batch loss', 'training loss', 'validation loss'];
  const evaluated = new Map(evals.map((evaluation) => [evaluation.step, evaluation]));
  const batches = new Map(steps.map((batch) => [batch.step, batch]));
  for (const step of [...new Set([...batches.keys(), ...evaluated.keys()])].sort((a, b) => a - b)) {
    const [batch, evaluation] = [batches.get(step), evaluated.get(step)];
    const seen = batch?.tokensSeen ?? evaluation?.tokensSeen ?? '';
    yield [step, seen, batch?.loss ?? '', evaluation?.train.loss ?? '', evaluation?.validation.loss ?? ''];
  }
}
