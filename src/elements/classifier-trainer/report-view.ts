/** What the test set says, once it was scored: confusion matrix, scores at a threshold, ROC curve, and the messages that were wrong. */
import {html, nothing, svg, type TemplateResult} from 'lit';
import {type ClassScores, classScores, confusion, roc} from '../../math/classifier-metrics.js';
import {argMax} from '../../math/largest.js';
import {decimals, percent} from '../../ui/base/format.js';
import {renderOptions} from '../../ui/views/options.js';
import {shortened} from './kinds-view.js';
import type {Messages} from './messages.js';

/** Messages of the list of errors that are shown at first, and the characters of one. */
const MOST_ERRORS = 8;
const MOST_CHARACTERS = 400;
const SIZE = 160;

export interface ReportProps {
  messages: Messages;
  /** [texts][K] */
  probs: readonly (readonly number[])[];
  /** The class that the threshold and the ROC curve are about. */
  label: number;
  threshold: number;
  /** Whether all wrong messages are listed. */
  allErrors: boolean;
  change: (change: {label?: number; threshold?: number; allErrors?: boolean}) => void;
}

/** Of two classes the threshold decides; of more the likeliest class is taken, and the threshold asks for one of them alone. */
export function renderReport(props: ReportProps): TemplateResult {
  const {messages, probs, label, threshold} = props;
  const {test, classes} = messages;
  const labels = test.map((text) => text.label);
  const scores = probs.map((row) => row[label]!);
  const called = scores.map((p) => p >= threshold);
  const predicted =
    classes.length === 2 ? called.map((isCalled) => (isCalled ? label : 1 - label)) : probs.map(argMax);
  const counts = confusion(labels, predicted, classes.length);
  return html`<div class="report" part="report">
    <div class="scores">
      ${renderConfusion(messages, counts)} ${classes.length > 2 ? renderClassScores(classes, counts) : nothing}
      ${renderThreshold(props, called)}
    </div>
    ${renderRoc(scores, labels, props)} ${renderErrors(predicted, props)}
  </div>`;
}

function renderConfusion({test, classes}: Messages, counts: readonly (readonly number[])[]): TemplateResult {
  return html`<div class="frame" tabindex="0" role="region" aria-label="Confusion matrix">
    <table class="confusion">
      <caption>Test set: ${test.length} messages</caption>
      <thead>
        <tr>
          <td></td>
          ${classes.map((name) => html`<th scope="col">called ${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${counts.map(
          (row, label) => html`<tr>
            <th scope="row">is ${classes[label]}</th>
            ${row.map((count, column) => html`<td class="number ${column === label ? 'right' : 'wrong'}">${count}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const score = (value: number): string => (Number.isNaN(value) ? '–' : decimals(value, 3));

function renderClassScores(
  classes: readonly string[],
  counts: readonly (readonly number[])[],
): TemplateResult {
  const rows = classes.map((name, label) => ({name, ...classScores(counts, label)}));
  const mean = (name: keyof ClassScores): number =>
    rows.reduce((sum, row) => sum + (row[name] || 0), 0) / rows.length;
  const average = {name: 'mean', precision: mean('precision'), recall: mean('recall'), f1: mean('f1')};
  return html`<table class="by-class">
    <caption>The likeliest class is taken</caption>
    <thead>
      <tr>
        ${['class', 'precision', 'recall', 'F1'].map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${[...rows, average].map(
        ({name, precision, recall, f1}) => html`<tr>
          <th scope="row">${name}</th>
          ${[precision, recall, f1].map((value) => html`<td class="number">${score(value)}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function renderThreshold(
  {messages, label, threshold, change}: ReportProps,
  called: readonly boolean[],
): TemplateResult {
  const {classes, test} = messages;
  const name = classes[label];
  const counts = confusion(
    test.map((text) => Number(text.label === label)),
    called.map(Number),
    2,
  );
  const {precision, recall, f1} = classScores(counts, 1);
  return html`<div class="threshold">
      ${
        classes.length > 2
          ? html`<label
              >Call it
              <select @change=${(event: Event) => change({label: (event.target as HTMLSelectElement).selectedIndex})}>
                ${renderOptions([...classes.entries()], label)}
              </select></label
            >`
          : nothing
      }
      <label
        >${classes.length > 2 ? '' : `Call it ${name} `}from
        <input
          type="range"
          min="0.02"
          max="0.98"
          step="0.02"
          .value=${String(threshold)}
          @input=${(event: Event) => change({threshold: (event.target as HTMLInputElement).valueAsNumber})}
        /><output>${decimals(threshold, 2)}</output></label
      >
    </div>
    <p class="readout" part="readout">
      Precision <b>${score(precision)}</b>: of the messages called ${name}, so many are. Recall
      <b>${score(recall)}</b>: so many of the ${name} messages were found. F1 <b>${score(f1)}</b>.
      ${classes.length === 2 ? 'The table above and the answers to single messages stay at 0.50.' : nothing}
    </p>`;
}

function renderRoc(
  scores: readonly number[],
  labels: readonly number[],
  {messages, label, threshold}: ReportProps,
): TemplateResult {
  const {points, area} = roc(
    scores,
    labels.map((other) => other === label),
  );
  const name = messages.classes[label];
  const rest = messages.classes.length > 2 ? 'others' : messages.classes[1 - label];
  const place = (x: number, y: number): string => `${(SIZE * x).toFixed(1)},${(SIZE * (1 - y)).toFixed(1)}`;
  const path = points.map((point) => place(point.falsePositiveRate, point.truePositiveRate)).join(' ');
  const now = points.findLast((point) => point.threshold >= threshold) ?? points[0]!;
  const [x, y] = place(now.falsePositiveRate, now.truePositiveRate).split(',');
  return html`<figure class="roc">
    <svg
      viewBox="-8 -8 ${SIZE + 16} ${SIZE + 16}"
      role="img"
      aria-label="ROC curve: at this threshold ${percent(now.truePositiveRate)} of ${name} is found and ${percent(now.falsePositiveRate)} of ${rest} is called ${name}"
    >
      ${svg`<rect width=${SIZE} height=${SIZE} class="frame"></rect>
        <line x1="0" y1=${SIZE} x2=${SIZE} y2="0" class="chance"></line>
        <polyline points=${path} class="curve"></polyline>
        <circle cx=${x!} cy=${y!} r="5" class="now"></circle>`}
    </svg>
    <figcaption>
      ROC: ${name} found (up) against ${rest} called ${name} (right), for every threshold. Area ${decimals(area, 3)}.
    </figcaption>
  </figure>`;
}

function renderErrors(
  predicted: readonly number[],
  {messages, probs, label, allErrors, change}: ReportProps,
): TemplateResult {
  const {test, classes} = messages;
  const wrong = predicted.flatMap((called, i) => (called === test[i]!.label ? [] : [{called, i}]));
  if (wrong.length === 0)
    return html`<p>No message of the test set is wrong${classes.length === 2 ? ' at this threshold' : ''}.</p>`;
  const item = ({called, i}: {called: number; i: number}) => {
    const {text, label: real} = test[i]!;
    const asked = classes.length === 2 ? label : called;
    return html`<li>
      <q dir="auto">${shortened(text, MOST_CHARACTERS)}</q> is ${classes[real]}, called ${classes[called]};
      P(${classes[asked]}) = ${decimals(probs[i]![asked]!, 2)}
    </li>`;
  };
  return html`<details class="errors">
    <summary>${wrong.length} wrong ${wrong.length === 1 ? 'message' : 'messages'}</summary>
    <ul>
      ${wrong.slice(0, allErrors ? wrong.length : MOST_ERRORS).map(item)}
    </ul>
    ${
      wrong.length > MOST_ERRORS
        ? html`<button @click=${() => change({allErrors: !allErrors})}>
            ${allErrors ? `Show the first ${MOST_ERRORS}` : `Show all ${wrong.length}`}
          </button>`
        : nothing
    }
  </details>`;
}
