/** The tables as a picture. */
import {visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import type {ColorScale} from '../../viz/color.js';
import {drawHeatmap, type Heatmap} from '../../viz/heatmap.js';
import {drawLegend, LEGEND_HEIGHT, LEGEND_WIDTH} from '../../viz/legend.js';
import {picture} from '../../viz/picture.js';
import type {Theme} from '../../viz/theme.js';
import type {SumData} from './position-data.js';
import {KINDS, type Kind, type Positions} from './positions-view.js';
import {PARTS} from './sum-view.js';

interface PictureTable {
  title: string;
  /** One for each row. */
  labels: readonly string[];
  heatmap: Heatmap;
  scale: ColorScale;
}

const [MARGIN, LABELS, TITLE, CELL] = [16, 80, 24, 8];

function tablesPicture(title: string, tables: readonly PictureTable[], theme: Theme): Picture {
  const columns = Math.max(...tables.map(({heatmap}) => heatmap.columns));
  const heightOf = ({heatmap}: PictureTable): number => TITLE + heatmap.rows * CELL + LEGEND_HEIGHT + 8;
  return picture({
    width: Math.max(2 * MARGIN + LABELS + columns * CELL, 2 * MARGIN + LEGEND_WIDTH),
    height: 2 * MARGIN + tables.reduce((sum, table) => sum + heightOf(table), 0),
    title,
    theme,
    draw(surface) {
      let y = MARGIN;
      for (const table of tables) {
        surface.text(table.title, MARGIN, y + 8, {fill: theme.text, size: 13, weight: 600, font: theme.sans});
        table.labels.forEach((label, row) => {
          const middle = y + TITLE + (row + 0.5) * CELL;
          surface.text(label, MARGIN, middle, {fill: theme.text, size: CELL + 1, font: theme.mono});
        });
        const place = {x: MARGIN + LABELS, y: y + TITLE, cellWidth: CELL, cellHeight: CELL};
        drawHeatmap(surface, table.heatmap, theme, {...place, scale: table.scale});
        const below = y + TITLE + table.heatmap.rows * CELL + 2;
        drawLegend(surface, table.scale, theme, {x: MARGIN, y: below, label: 'value'});
        y += heightOf(table);
      }
    },
  });
}

/** Draws token vectors, position vectors and their sums. */
export function sumPicture(data: SumData, scale: ColorScale, theme: Theme): Picture {
  const {tokens, width} = data;
  const labels = tokens.map((token, row) => `${row} ${visibleToken(token)}`);
  const tables = PARTS.map((part) => ({
    title: part,
    labels,
    heatmap: {rows: tokens.length, columns: width, values: data[part]},
    scale,
  }));
  return tablesPicture('Token vector + position vector = input of the first layer', tables, theme);
}

/** Draws the learned positions and the sinusoidal ones. */
export function positionsPicture(
  {data, tables}: Positions,
  scales: Record<Kind, ColorScale>,
  theme: Theme,
): Picture {
  const labels = Array.from({length: data.length}, (_, row) => (row % 4 === 0 ? `${row}` : ''));
  const drawn = KINDS.map((kind) => ({
    title: kind,
    labels,
    heatmap: {rows: data.length, columns: data.width, values: tables[kind]},
    scale: scales[kind],
  }));
  return tablesPicture('Position embeddings', drawn, theme);
}
