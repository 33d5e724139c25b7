/** The learned position table beside the sinusoidal one, and the similarity of the positions in each. */
import {html, nothing, type TemplateResult} from 'lit';
import {similarities} from '../../math/neighbors.js';
import {sinusoidalPositions} from '../../math/sinusoidal.js';
import {decimals, number} from '../../ui/base/format.js';
import type {TableCell} from '../../ui/views/move-cell.js';
import type {TableView} from '../../ui/views/table-view.js';
import type {ColorScale} from '../../viz/color.js';
import type {Theme} from '../../viz/theme.js';
import type {PositionsData} from './position-data.js';

export const KINDS = ['learned', 'sinusoidal'] as const;
export type Kind = (typeof KINDS)[number];

/** Of a longer table only every second, third, … position is compared, so that cells stay large enough to see. */
const MOST_COMPARED = 64;
const GAP = 40;
const CELL = 6;

/** Both tables, and the cosine of every compared position with every other. */
export interface Positions {
  data: PositionsData;
  tables: Record<Kind, Float32Array>;
  /** Which positions are compared. */
  compared: readonly number[];
  similarity: Record<Kind, Float32Array>;
}

export function comparePositions(data: PositionsData): Positions {
  const {length, width, learned} = data;
  const every = Math.ceil(length / MOST_COMPARED);
  const compared = Array.from({length: Math.ceil(length / every)}, (_, i) => i * every);
  const tables = {learned, sinusoidal: sinusoidalPositions(length, width)};
  const similaritiesOf = (table: Float32Array): Float32Array => {
    const rows = new Float32Array(compared.length * width);
    for (const [i, t] of compared.entries()) rows.set(table.subarray(t * width, (t + 1) * width), i * width);
    return similarities(rows, width);
  };
  return {
    data,
    tables,
    compared,
    similarity: {learned: similaritiesOf(learned), sinusoidal: similaritiesOf(tables.sinusoidal)},
  };
}

export interface PositionsOptions {
  positions: Positions;
  tables: Record<Kind | `${Kind}-similarity`, TableView>;
  /** A cell of the tables, or of the similarities. */
  highlighted: TableCell & {similarity?: boolean};
  scales: Record<Kind | 'similarity', ColorScale>;
  legend: (kind: Kind | 'similarity') => unknown;
  theme: Theme;
  width: number;
  hover: (cell: PositionsOptions['highlighted'] | undefined) => void;
  choose: (cell: PositionsOptions['highlighted']) => void;
}

const TITLES: Record<Kind, string> = {
  learned: 'Learned (wpe)',
  sinusoidal: 'Sinusoidal',
};

export function renderPositions(options: PositionsOptions): TemplateResult {
  const {positions, width} = options;
  const {compared, data} = positions;
  const beside = width >= 640;
  const column = beside ? Math.floor((width - GAP) / 2) : width;
  return html`
    <div class="kinds ${beside ? 'beside' : ''}">
      ${KINDS.map(
        (kind) => html`<div>
          <p class="part">${TITLES[kind]}</p>
          ${renderTable(kind, options, column)} ${options.legend(kind)}
        </div>`,
      )}
    </div>
    <p class="caption">
      Sine waves need no training: number 2<i>i</i> of position <i>t</i> is ${formula('sin')}, the next one is
      ${formula('cos')}; <i>C</i> = ${data.width} numbers per position. GPT learns its table instead.
    </p>
    <p class="caption">
      Similarity of two positions: the cosine of their rows.
      ${compared.length < data.length ? `One position in ${compared[1]} is compared.` : nothing}
    </p>
    <div class="kinds ${beside ? 'beside' : ''}">
      ${KINDS.map(
        (kind) => html`<div>
          <p class="part">${kind === 'learned' ? 'Learned' : 'Sinusoidal'}</p>
          ${renderSimilarity(kind, options, column)}
        </div>`,
      )}
    </div>
    ${options.legend('similarity')}
  `;
}

/** sin(t / 10000^(2i/C)), typeset. */
const formula = (wave: 'sin' | 'cos'): TemplateResult => html`<math
  ><mi>${wave}</mi><mo>(</mo><mi>t</mi><mo>/</mo
  ><msup
    ><mn>10000</mn
    ><mrow><mn>2</mn><mi>i</mi><mo>/</mo><mi>C</mi></mrow></msup
  ><mo>)</mo></math
>`;

function renderTable(kind: Kind, options: PositionsOptions, width: number): TemplateResult {
  const {positions, tables, highlighted, scales, theme, hover, choose} = options;
  const {data} = positions;
  return tables[kind].render({
    name: kind,
    label: `${TITLES[kind]}, ${data.length} positions of ${data.width} numbers`,
    heatmap: {rows: data.length, columns: data.width, values: positions.tables[kind]},
    rowLabels: (row) => [row % 4 === 0 ? `${row}`.padStart(3) : ''],
    labelColumns: [{name: 'at', width: 4}],
    columnName: `${data.width} numbers per position →`,
    scale: scales[kind],
    theme,
    highlighted: highlighted.similarity ? {} : highlighted,
    spoken: (row, column) => valueText(positions, kind, row, column),
    hover,
    choose,
    width,
    rowHeight: CELL,
    maxHeight: 20 + CELL * 64,
  });
}

function renderSimilarity(kind: Kind, options: PositionsOptions, width: number): TemplateResult {
  const {positions, tables, highlighted, scales, theme, hover, choose} = options;
  const {compared, similarity} = positions;
  const cell = Math.max(CELL, Math.min(14, Math.floor((width - 40) / compared.length)));
  return tables[`${kind}-similarity`].render({
    name: `${kind}-similarity`,
    label: `Cosine of every position with every other, ${kind}`,
    heatmap: {rows: compared.length, columns: compared.length, values: similarity[kind]},
    rowLabels: (row) => [row % 4 === 0 ? `${compared[row]}`.padStart(3) : ''],
    labelColumns: [{name: 'at', width: 4}],
    columnName: 'position →',
    scale: scales.similarity,
    theme,
    highlighted: highlighted.similarity ? highlighted : {},
    spoken: (row, column) => similarityText(positions, row, column),
    hover: (at) => hover(at && {...at, similarity: true}),
    choose: (at) => choose({...at, similarity: true}),
    width: Math.min(width, 40 + cell * compared.length),
    rowHeight: cell,
    maxHeight: 20 + cell * 64,
  });
}

export function valueText({data, tables}: Positions, kind: Kind, row: number, column: number): string {
  const value = number(tables[kind][row * data.width + column]!);
  const wave = column % 2 ? 'cos' : 'sin';
  const how =
    kind === 'sinusoidal' ? ` = ${wave}(${row} / 10000^(${column - (column % 2)}/${data.width}))` : '';
  return `Position ${row}, number ${column + 1} of ${data.width}, ${kind}: ${value}${how}`;
}

export function similarityText({compared, similarity}: Positions, row: number, column: number): string {
  const at = row * compared.length + column;
  return (
    `Positions ${compared[row]} and ${compared[column]}: cosine ${decimals(similarity.learned[at]!, 2)} learned, ` +
    `${decimals(similarity.sinusoidal[at]!, 2)} sinusoidal`
  );
}

/** Says how similar positions are that are near each other, and far apart: the mean cosine. */
export function distanceSentence({compared, similarity}: Positions): string {
  const n = compared.length;
  if (n < 4) return '';
  const meanAt = (kind: Kind, distance: number): number => {
    let sum = 0;
    for (let row = 0; row + distance < n; row++) sum += similarity[kind][row * n + row + distance]!;
    return sum / (n - distance);
  };
  const far = Math.floor(n / 2);
  const near = compared[1]!;
  const words = (kind: Kind): string =>
    `${decimals(meanAt(kind, 1), 2)} and ${decimals(meanAt(kind, far), 2)}`;
  return (
    `Mean cosine of positions ${near === 1 ? 'next to each other' : `${near} apart`} and ${compared[far]} apart: ` +
    `learned ${words('learned')}; sinusoidal ${words('sinusoidal')}.`
  );
}
