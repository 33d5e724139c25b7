/** What becomes of the rows, as bars on one scale: usable, different, balanced, and the three sets. */
import {html, nothing, type TemplateResult} from 'lit';
import type {LabeledReading, LabeledResult} from '../../state/text-work.js';
import {whole} from '../../ui/base/whole.js';

/** Colors of classes, which cycle. */
const COLORS = 8;
const colorOf = (label: number): string => `class-${(label % COLORS) + 1}`;

export interface Bar {
  title: string;
  /** Counts by class, or by set. */
  counts: readonly number[];
  /** Rows of the bar before that are gone. */
  gone: number;
  /** What happened to those that are gone. */
  reason: string;
}

export const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** Returns the steps from the rows to the texts in use, with counts by class. */
export function barsOf(result: LabeledResult, balanced: boolean): Bar[] {
  const {usable, copies, different, used, malformedRows} = result;
  return [
    {title: 'rows with a class and a text', counts: usable, gone: malformedRows, reason: 'cannot be used'},
    {
      title: 'different texts',
      counts: different,
      gone: copies,
      reason: copies === 1 ? 'is a copy' : 'are copies',
    },
    {
      title: balanced ? 'equally many of each class' : 'used',
      counts: used,
      gone: sum(different) - sum(used),
      reason: 'left out at random',
    },
  ];
}

/** Returns the three sets with their sizes. */
export const setsOf = ({train, validation, test}: LabeledResult['split']) =>
  [
    {name: 'training', count: train.length},
    {name: 'validation', count: validation.length},
    {name: 'test', count: test.length},
  ] as const;

export function renderFlow({rows}: LabeledReading, result: LabeledResult, balanced: boolean): TemplateResult {
  const {split} = result;
  return html`<ol class="flow" part="flow">
    ${barsOf(result, balanced).map((bar) => renderBar(bar, rows, split.classes))} ${renderSets(split, rows)}
  </ol>`;
}

const part = (kind: string, count: number) =>
  count > 0 ? html`<span class=${kind} .style="flex-grow: ${count}"></span>` : nothing;

function renderBar(
  {title, counts, gone, reason}: Bar,
  rows: number,
  classes: readonly string[],
): TemplateResult {
  const total = sum(counts);
  return html`<li>
    <p>
      <b><span class="number">${whole(total)}</span> ${title}</b>
      ${counts.map((count, label) => html`<span class="count"><i class="swatch ${colorOf(label)}"></i>${classes[label]} <span class="number">${whole(count)}</span></span> `)}
      ${gone > 0 ? html`<span class="count"><i class="swatch gone"></i><span class="number">${whole(gone)}</span> ${reason}</span>` : nothing}
    </p>
    <div class="bar" aria-hidden="true">
      ${counts.map((count, label) => part(colorOf(label), count))} ${part('gone', gone)}
      ${part('rest', rows - total - gone)}
    </div>
  </li>`;
}

function renderSets(split: LabeledResult['split'], rows: number): TemplateResult {
  const sets = setsOf(split);
  const total = sum(sets.map(({count}) => count));
  return html`<li>
    <p>
      <b>Three sets</b>
      ${sets.map(({name, count}) => html`<span class="count"><i class="swatch ${name}"></i>${name} <span class="number">${whole(count)}</span> (${Math.round((100 * count) / total)} %)</span> `)}
    </p>
    <div class="bar" aria-hidden="true">
      ${sets.map(({name, count}) => part(name, count))} ${part('rest', rows - total)}
    </div>
  </li>`;
}
