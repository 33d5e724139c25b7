import {html, nothing, type TemplateResult} from 'lit';
import {perplexity} from '../../math/stats.js';
import type {LiveModel} from '../../state/index.js';
import {count, decimals} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';
import {guessing, learning, natsInWords, shareOfWay, speed} from './words.js';

/** Steps whose losses are averaged: one batch alone says little. */
const RECENT = 20;

export function recentLoss(steps: readonly {loss: number}[]): number | undefined {
  const recent = steps.slice(-RECENT);
  return recent.length ? recent.reduce((sum, {loss}) => sum + loss, 0) / recent.length : undefined;
}

/** The mean training loss of the last steps; of a recorded run, that of its last evaluation, as the chart shows it. */
function trainingLoss(model: LiveModel | undefined): number | undefined {
  const recorded = recordedRunOf(model);
  return recorded ? recorded.evals.at(-1)?.train.loss : recentLoss(model?.history.steps ?? []);
}

/** The recorded run of a model that has not been trained here. */
export const recordedRunOf = (model: LiveModel | undefined): LiveModel['recordedRun'] =>
  model?.step ? undefined : model?.recordedRun;

/** The last evaluation that could measure unseen text. */
export function lastValidation(run: Pick<LiveModel['history'], 'evals'> | undefined): number | undefined {
  const loss = run?.evals.at(-1)?.validation.loss;
  return Number.isFinite(loss) ? loss : undefined;
}

const or = (value: number | undefined, show: (value: number) => string) =>
  value === undefined ? '–' : show(value);

/** The numbers of the run, as a list of terms and values. */
export function renderFigures(model: LiveModel | undefined): TemplateResult {
  const recorded = recordedRunOf(model);
  const run = recorded ?? model?.history;
  const validation = lastValidation(run);
  const [read, unit] = recorded ? count(recorded.steps.at(-1)?.tokensSeen ?? 0).split(' ') : [];
  const figure = (name: string, value: string, unit: string, mark?: string) => html`
    <div class="figure">
      <dt>${mark ? html`<span class="mark ${mark}" aria-hidden="true"></span>` : nothing}${name}</dt>
      <dd><span class="value">${value}</span> <span class="unit">${unit}</span></dd>
    </div>
  `;
  return html`<dl class="figures" part="figures">
    ${figure('Training loss', or(trainingLoss(model), decimals), recorded ? 'nats per token' : `mean of ${RECENT} batches`, 'train')}
    ${figure('Validation loss', or(validation, decimals), 'nats per token', 'validation')}
    ${figure(
      'Perplexity',
      or(validation, (loss) => decimals(perplexity(loss), 1)),
      'choices',
    )}
    ${
      recorded
        ? figure('Read so far', read!, unit ? `${unit} tokens` : 'tokens')
        : figure('Speed', or(model?.history.steps.at(-1)?.tokensPerSecond, speed), 'tokens/s')
    }
  </dl>`;
}

/** What a token of the model's text is. */
const tokenName = (model: LiveModel | undefined): string =>
  (model?.spec.tokenizer ?? 'char') === 'char' ? 'character' : 'token';

/** The way from guessing to the best possible loss, with where the two losses stand on it. */
export function renderWay(model: LiveModel | undefined): TemplateResult {
  const vocabSize = model?.facts?.config.vocabSize;
  const floor = model?.facts?.corpus.floor;
  const recorded = recordedRunOf(model);
  const run = recorded ?? model?.history;
  const validation = lastValidation(run);
  const training = trainingLoss(model);
  const best = floor ?? 0;
  const at = (loss: number) => 100 * Math.min(1, Math.max(0, shareOfWay(loss, vocabSize!, best)));
  const mark = (loss: number | undefined, kind: string) =>
    loss === undefined || !vocabSize
      ? nothing
      : html`<span class="mark ${kind}" .style="inset-inline-start: ${at(loss).toFixed(1)}%"></span>`;
  return html`<div class="way" part="way">
    <div class="scale" aria-hidden="true">
      <span
        class="gone"
        .style="width: ${vocabSize && validation !== undefined ? at(validation).toFixed(1) : 0}%"
      ></span>
      ${mark(training, 'train')}${mark(validation, 'validation')}
    </div>
    <div class="ends">
      <span>guessing <span class="number">${vocabSize ? decimals(guessing(vocabSize), 2) : ''}</span></span>
      <span
        >${floor === undefined ? 'certainty' : 'the best possible'}
        <span class="number">${vocabSize ? decimals(best, 2) : ''}</span></span
      >
    </div>
    <p class="unit">${vocabSize ? natsInWords(vocabSize, tokenName(model)) : nothing}</p>
    <p class="readout" part="readout">
      ${
        vocabSize && validation !== undefined
          ? html`${recorded ? html`<strong>A recorded run of ${whole(recorded.steps.at(-1)?.step ?? 0)} steps.</strong> ` : nothing}${learning(validation, vocabSize, floor)}${recorded ? ' Train, and your own run takes its place.' : nothing}`
          : model?.facts?.pretrained
            ? 'This model comes trained. Its losses are measured when you train it further.'
            : 'Untrained, a model guesses: every token is about as likely to it as any other.'
      }
    </p>
  </div>`;
}
