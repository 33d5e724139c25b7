import {ramp} from './color.js';
import type {Surface} from './surface.js';
import type {Theme} from './theme.js';

/** Rows of tokens under each other, as a batch or a window has them. */
export interface TokenTable {
  /** Above it, e.g. “Inputs [16, 64]”. */
  title: string;
  columns: readonly string[];
  rows: readonly TokenRow[];
  /** The color of what the table is: cells are a tenth of it, the title is in it. */
  color: string;
}

export interface TokenRow {
  head: string;
  cells: readonly {text: string; masked?: boolean}[];
}

const [TITLE, HEAD, ROW, FONT, GAP, AROUND] = [22, 18, 20, 12, 8, 10];
/** A character of a monospaced font is about six tenths of its size wide. */
const textWidth = (texts: readonly string[]): number =>
  Math.ceil(Math.max(0, ...texts.map((text) => text.length)) * FONT * 0.62);

function measures({columns, rows}: TokenTable): {heads: number; cell: number} {
  const texts = rows.flatMap(({cells}) => cells.map(({text}) => text));
  return {
    heads: textWidth(rows.map(({head}) => head)) + GAP,
    cell: textWidth([...columns, ...texts]) + AROUND,
  };
}

/** The space that {@link drawTokenTable} needs. */
export function tokenTableSize(table: TokenTable): {width: number; height: number} {
  const {heads, cell} = measures(table);
  return {
    width: Math.max(heads + cell * table.columns.length, Math.ceil(table.title.length * 8)),
    height: TITLE + HEAD + ROW * table.rows.length,
  };
}

export function drawTokenTable(
  surface: Surface,
  table: TokenTable,
  theme: Theme,
  x: number,
  y: number,
): void {
  const {title, columns, rows, color} = table;
  const {heads, cell} = measures(table);
  const fill = ramp(theme.background, color)(0.1);
  const words = {fill: theme.muted, size: 11, font: theme.mono, anchor: 'middle'} as const;
  surface.text(title, x, y + TITLE / 2, {fill: color, size: 13, weight: 600, font: theme.sans});
  const left = x + heads;
  columns.forEach((name, i) => {
    surface.text(name, left + (i + 0.5) * cell, y + TITLE + HEAD / 2, words);
  });
  rows.forEach(({head, cells}, row) => {
    const top = y + TITLE + HEAD + row * ROW;
    const middle = top + ROW / 2;
    if (head)
      surface.text(head, left - GAP, middle, {fill: theme.text, size: FONT, font: theme.mono, anchor: 'end'});
    cells.forEach(({text, masked}, i) => {
      const at = left + i * cell;
      if (masked)
        surface.hatch(`M${at} ${top}h${cell - 1}v${ROW - 1}h${1 - cell}Z`, {
          stroke: theme.masked,
          spacing: 5,
        });
      else surface.rect(at, top, cell - 1, ROW - 1, {fill});
      const style = {
        size: FONT,
        font: theme.mono,
        anchor: 'middle',
        halo: masked ? theme.background : undefined,
      } as const;
      surface.text(text, at + cell / 2, middle, {...style, fill: masked ? theme.muted : theme.text});
    });
  });
}
