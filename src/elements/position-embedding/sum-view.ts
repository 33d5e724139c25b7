/** Token vector + position vector = input of the first layer: three tables with the same cell highlighted. */
import {html, type TemplateResult} from 'lit';
import {decimals, number, visibleToken} from '../../ui/base/format.js';
import type {TableCell} from '../../ui/views/move-cell.js';
import type {TableProps} from '../../ui/views/table-view.js';
import {TableView} from '../../ui/views/table-view.js';
import type {ColorScale} from '../../viz/color.js';
import type {Theme} from '../../viz/theme.js';
import type {SumData} from './position-data.js';

export const PARTS = ['token', 'position', 'sum'] as const;
type Part = (typeof PARTS)[number];

const TITLES: Record<Part, {sign: string; words: string}> = {
  token: {sign: '', words: 'Token vector (row of wte)'},
  position: {sign: '+', words: 'Position vector (row of wpe)'},
  sum: {sign: '=', words: 'Input of the first layer'},
};

/** Pixels between two tables side by side. */
const GAP = 32;
const MIN_CELL = 6;

export interface SumOptions {
  data: SumData;
  tables: Record<Part, TableView>;
  highlighted: TableCell;
  scale: ColorScale;
  theme: Theme;
  width: number;
  hover: (cell: TableCell | undefined) => void;
  choose: (cell: TableCell) => void;
}

export function renderSum(options: SumOptions): TemplateResult {
  const {data, tables} = options;
  const labels = TableView.labelSpace(propsOf('token', options, options.width));
  const beside = options.width >= 3 * (labels + data.width * MIN_CELL) + 2 * GAP + 6;
  const width = beside ? Math.floor((options.width - 2 * GAP) / 3) : options.width;
  return html`<div class="sum ${beside ? 'beside' : ''}">
    ${PARTS.map(
      (part) => html`<div>
        <p class="part"><span class="sign">${TITLES[part].sign}</span> ${TITLES[part].words}</p>
        ${tables[part].render(propsOf(part, options, width))}
      </div>`,
    )}
  </div>`;
}

function propsOf(
  part: Part,
  {data, highlighted, scale, theme, hover, choose}: SumOptions,
  width: number,
): TableProps {
  const labels = data.tokens.map(visibleToken);
  const tokenWidth = Math.min(10, Math.max(5, ...labels.map((label) => label.length)));
  return {
    name: `${part}-rows`,
    label: `${TITLES[part].words}, ${data.tokens.length} tokens of ${data.width} numbers`,
    heatmap: {rows: data.tokens.length, columns: data.width, values: data[part]},
    rowLabels: (row) => [`${row}`.padStart(2), labels[row]!],
    labelColumns: [
      {name: 'at', width: 2},
      {name: 'token', width: tokenWidth},
    ],
    columnName: `${data.width} numbers →`,
    scale,
    theme,
    print: (value) => decimals(value, 2),
    highlighted,
    spoken: (row, column) => sumText(data, row, column),
    hover,
    choose,
    width,
    maxHeight: Number.POSITIVE_INFINITY, // the rows of all three tables stay aligned
  };
}

/** The arithmetic of one cell. */
export function sumText({tokens, width, token, position, sum}: SumData, row: number, column: number): string {
  const at = row * width + column;
  const plus = position[at]! < 0 ? '−' : '+';
  return (
    `${visibleToken(tokens[row]!)} at position ${row}, number ${column + 1} of ${width}: ` +
    `${number(token[at]!)} ${plus} ${number(Math.abs(position[at]!))} = ${number(sum[at]!)}`
  );
}

/** The first two positions of a token that occurs twice; undefined if no token does. */
export function repeatedToken({tokens}: SumData): [first: number, second: number] | undefined {
  for (const [second, token] of tokens.entries()) {
    const first = tokens.indexOf(token);
    if (first < second) return [first, second];
  }
  return undefined;
}

/** A table of the first numbers of each token, for screen readers. */
export function renderSumTable(data: SumData): TemplateResult {
  const columns = [0, 1, 2, 3].filter((column) => column < data.width);
  return html`<table>
    <caption>
      The first ${columns.length} of ${data.width} numbers of each token: token vector plus position vector is the input of
      the first layer.
    </caption>
    <tbody>
      ${data.tokens.map(
        (token, row) => html`<tr>
          <th scope="row">${visibleToken(token)} at ${row}</th>
          ${columns.map((column) => {
            const at = row * data.width + column;
            return html`<td>
              ${decimals(data.token[at]!, 3)} plus ${decimals(data.position[at]!, 3)} is ${decimals(data.sum[at]!, 3)}
            </td>`;
          })}
        </tr>`,
      )}
    </tbody>
  </table>`;
}
