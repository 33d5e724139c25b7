/** What becomes of the rows: on a wide page as bands that flow through four stages, on a narrow one as bars below each other. */
import {html, nothing, svg, type TemplateResult} from 'lit';
import {MOST_TEXTS} from '../../data/labeled.js';
import type {LabeledReading, LabeledResult} from '../../state/text-work.js';
import {whole} from '../../ui/base/whole.js';
import {flowShape, type Kind, type SetLabel} from './flow-shape.js';

/** Colors of classes, which cycle. */
const COLORS = 8;
const colorOf = (kind: Kind): string => (kind === 'gone' ? kind : `class-${(kind % COLORS) + 1}`);
/** Pixels: a narrower page shows bars. */
export const WIDE = 720;
export const FLOW_HEIGHT = 200;
/** A block that is lower has no number beside it. */
const LOWEST = 15;

export interface Bar {
  title: string;
  /** Counts by class. */
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
  const possible = balanced ? Math.min(...different) * different.length : sum(different);
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
      reason: `left out at random${sum(used) < possible ? `: a page takes ${whole(MOST_TEXTS)} texts at most` : ''}`,
    },
  ];
}

/** Returns the three sets with their sizes. */
export const setsOf = ({train, validation, test}: LabeledResult['split']) =>
  [
    {name: 'training', texts: train},
    {name: 'validation', texts: validation},
    {name: 'test', texts: test},
  ].map(({name, texts}) => ({name, count: texts.length, texts}));

export const shareWords = (count: number, total: number): string => `${Math.round((100 * count) / total)} %`;

export interface FlowProps {
  reading: LabeledReading;
  result: LabeledResult;
  balanced: boolean;
  /** Pixels. */
  width: number;
}

export function renderFlow({reading, result, balanced, width}: FlowProps): TemplateResult {
  const {split} = result;
  const isWide = width >= WIDE;
  return html`<div part="flow">
    <ol class="flow ${isWide ? 'wide' : ''}">
      ${barsOf(result, balanced).map((bar) => renderBar(bar, reading.rows, split.classes, isWide))}
      ${renderSets(split, reading.rows, isWide)}
    </ol>
    ${isWide ? renderBands(reading, result, width) : nothing}
  </div>`;
}

const part = (kind: string, count: number) =>
  count > 0 ? html`<span class=${kind} .style="flex-grow: ${count}"></span>` : nothing;

function renderBar(
  {title, counts, gone, reason}: Bar,
  rows: number,
  classes: readonly string[],
  isWide: boolean,
): TemplateResult {
  const total = sum(counts);
  return html`<li>
    <p>
      <b><span class="number">${whole(total)}</span> ${title}</b>
      ${counts.map((count, label) => html`<span class="count"><i class="swatch ${colorOf(label)}"></i>${classes[label]} <span class="number">${whole(count)}</span></span> `)}
      ${gone > 0 ? html`<span class="count"><i class="swatch gone"></i><span class="number">${whole(gone)}</span> ${reason}</span>` : nothing}
    </p>
    ${
      isWide
        ? nothing
        : html`<div class="bar" aria-hidden="true">
            ${counts.map((count, label) => part(colorOf(label), count))} ${part('gone', gone)}
            ${part('rest', rows - total - gone)}
          </div>`
    }
  </li>`;
}

function renderSets(split: LabeledResult['split'], rows: number, isWide: boolean): TemplateResult {
  const sets = setsOf(split);
  const total = sum(sets.map(({count}) => count));
  const ofClass = (texts: LabeledResult['split']['train'], label: number) =>
    texts.filter((text) => text.label === label).length;
  return html`<li>
    <p>
      <b>Three sets</b>
      ${sets.map(({name, count}) => html`<span class="count">${name} <span class="number">${whole(count)}</span> (${shareWords(count, total)})</span> `)}
    </p>
    ${
      isWide
        ? nothing
        : html`<div class="bar sets" aria-hidden="true">
            ${sets.map(({count, texts}) => html`<span class="set" .style="flex-grow: ${count}">${split.classes.map((_, label) => part(colorOf(label), ofClass(texts, label)))}</span>`)}
            ${part('rest', rows - total)}
          </div>`
    }
  </li>`;
}

function renderBands(reading: LabeledReading, result: LabeledResult, width: number): TemplateResult {
  const {blocks, bands, sets} = flowShape(reading, result, width, FLOW_HEIGHT);
  const {classes} = result.split;
  const total = sum(sets.map(({count}) => count));
  const named = ({name, count, x, y}: SetLabel) =>
    svg`<text x=${x} y=${y}>${name} ${whole(count)} (${shareWords(count, total)})</text>`;
  return html`<svg class="bands" width=${width} height=${FLOW_HEIGHT} aria-hidden="true">
    <defs>
      <pattern id="gone" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line y2="6" stroke-width="3"></line>
      </pattern>
    </defs>
    ${bands.map(({kind, path}) => svg`<path class="band ${colorOf(kind)}" d=${path}></path>`)}
    ${blocks.map(
      ({
        stage,
        kind,
        x,
        y,
        width,
        height,
        count,
      }) => svg`<rect class=${colorOf(kind)} x=${x} y=${y} width=${width} height=${height}></rect>
        ${stage < 3 && height >= LOWEST ? svg`<text x=${x + width + 6} y=${y + height / 2}>${kind === 'gone' ? 'left out' : classes[kind]!.slice(0, 14)} ${whole(count)}</text>` : nothing}`,
    )}
    ${sets.map(named)}
  </svg>`;
}
