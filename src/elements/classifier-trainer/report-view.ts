/** What the test set says, once it was scored: confusion matrix, scores at a threshold, ROC curve, and the messages that were wrong. */
import {html, svg, type TemplateResult} from 'lit';
import {classScores, confusion, roc} from '../../math/classifier-metrics.js';
import {decimals, percent} from '../../ui/base/format.js';
import type {Message, Messages} from './messages.js';

/** Messages of the list of errors that are shown at first. */
const MOST_ERRORS = 8;
const SIZE = 160;

export interface ReportProps {
  messages: Messages;
  /** [texts][2] */
  probs: readonly (readonly number[])[];
  threshold: number;
  setThreshold: (threshold: number) => void;
}

export function renderReport(props: ReportProps): TemplateResult {
  const {messages, probs, threshold, setThreshold} = props;
  const {test, classes} = messages;
  const labels = test.map(({label}) => label);
  const spam = probs.map((row) => row[1]!);
  const predicted = spam.map((p) => (p >= threshold ? 1 : 0));
  const counts = confusion(labels, predicted, 2);
  const {precision, recall, f1} = classScores(counts, 1);
  const score = (value: number) => (Number.isNaN(value) ? '–' : decimals(value, 3));
  return html`<div class="report" part="report">
    <div class="scores">
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
      <label class="threshold"
        >Call it ${classes[1]} from
        <input
          type="range"
          min="0.02"
          max="0.98"
          step="0.02"
          .value=${String(threshold)}
          @input=${(event: Event) => setThreshold((event.target as HTMLInputElement).valueAsNumber)}
        /><output>${decimals(threshold, 2)}</output></label
      >
      <p class="readout" part="readout">
        Precision <b>${score(precision)}</b>: of the messages called ${classes[1]}, so many are. Recall
        <b>${score(recall)}</b>: so many of the ${classes[1]} messages were found. F1 <b>${score(f1)}</b>.
      </p>
    </div>
    ${renderRoc(spam, labels, threshold)} ${renderErrors(test, predicted, spam, classes)}
  </div>`;
}

function renderRoc(spam: readonly number[], labels: readonly number[], threshold: number): TemplateResult {
  const {points, area} = roc(
    spam,
    labels.map((label) => label === 1),
  );
  const place = (x: number, y: number): string => `${(SIZE * x).toFixed(1)},${(SIZE * (1 - y)).toFixed(1)}`;
  const path = points.map((point) => place(point.falsePositiveRate, point.truePositiveRate)).join(' ');
  const now = points.findLast((point) => point.threshold >= threshold) ?? points[0]!;
  const [x, y] = place(now.falsePositiveRate, now.truePositiveRate).split(',');
  return html`<figure class="roc">
    <svg
      viewBox="-8 -8 ${SIZE + 16} ${SIZE + 16}"
      role="img"
      aria-label="ROC curve: at this threshold ${percent(now.truePositiveRate)} of spam is found and ${percent(now.falsePositiveRate)} of ham is called spam"
    >
      ${svg`<rect width=${SIZE} height=${SIZE} class="frame"></rect>
        <line x1="0" y1=${SIZE} x2=${SIZE} y2="0" class="chance"></line>
        <polyline points=${path} class="curve"></polyline>
        <circle cx=${x!} cy=${y!} r="5" class="now"></circle>`}
    </svg>
    <figcaption>
      ROC: spam found (up) against ham called spam (right), for every threshold. Area ${decimals(area, 3)}.
    </figcaption>
  </figure>`;
}

function renderErrors(
  test: readonly Message[],
  predicted: readonly number[],
  spam: readonly number[],
  classes: readonly string[],
): TemplateResult {
  const wrong = test.flatMap((message, i) =>
    predicted[i] === message.label ? [] : [{message, p: spam[i]!}],
  );
  if (wrong.length === 0) return html`<p>At this threshold no message of the test set is wrong.</p>`;
  return html`<details class="errors">
    <summary>${wrong.length} wrong ${wrong.length === 1 ? 'message' : 'messages'}</summary>
    <ul>
      ${wrong
        .slice(0, MOST_ERRORS)
        .map(
          ({message, p}) =>
            html`<li>“${message.text}” is ${classes[message.label]}; P(${classes[1]}) = ${decimals(p, 2)}</li>`,
        )}
    </ul>
    ${wrong.length > MOST_ERRORS ? html`<p>… and ${wrong.length - MOST_ERRORS} more.</p>` : ''}
  </details>`;
}
