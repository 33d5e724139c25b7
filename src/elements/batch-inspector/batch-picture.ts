/** A batch as a picture for export. */
import type {Picture} from '../../ui/base/gpt-element.js';
import {picture} from '../../viz/picture.js';
import type {Theme} from '../../viz/theme.js';
import {drawTokenTable, type TokenTable, tokenTableSize} from '../../viz/token-table.js';
import type {BatchView} from './batch-source.js';
import {roleOf} from './batch-words.js';

const MARGIN = 16;

export interface BatchShown {
  batch: BatchView;
  /** The first column on show, and how many. */
  from: number;
  columns: number;
  /** The text of a cell. */
  text: (id: number) => string;
}

/** Draws the columns on show of inputs and targets, one below the other. */
export function batchPicture(shown: BatchShown, theme: Theme): Picture {
  const tables = [tensor(shown, 'Inputs', theme.query), tensor(shown, 'Targets', theme.key)];
  const sizes = tables.map(tokenTableSize);
  return picture({
    width: 2 * MARGIN + Math.max(...sizes.map(({width}) => width)),
    height: 3 * MARGIN + sizes[0]!.height + sizes[1]!.height,
    title: `A batch: ${tables[0]!.title}, ${tables[1]!.title}`,
    theme,
    draw(surface) {
      drawTokenTable(surface, tables[0]!, theme, MARGIN, MARGIN);
      drawTokenTable(surface, tables[1]!, theme, MARGIN, 2 * MARGIN + sizes[0]!.height);
    },
  });
}

function tensor(
  {batch, from, columns, text}: BatchShown,
  name: 'Inputs' | 'Targets',
  color: string,
): TokenTable {
  const {batchSize: B, length: T, ids} = batch.tokens;
  const values = name === 'Inputs' ? ids : batch.labels;
  const places = Array.from({length: Math.min(columns, T - from)}, (_, i) => from + i);
  return {
    title: `${name} [${B}, ${T}]`,
    columns: places.map(String),
    color,
    rows: Array.from({length: B}, (_, row) => ({
      head: `${row}`,
      cells: places.map((column) => {
        const value = values[row * T + column]!;
        const role = roleOf(batch, {row, column});
        return {
          text: value < 0 ? '−100' : text(value),
          masked: name === 'Targets' ? role !== 'learned' : role === 'padding',
        };
      }),
    })),
  };
}
