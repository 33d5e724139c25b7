/** The table and the chosen row as a picture. */
import {visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {type EmbeddingTable, rowOf} from '../../ui/model/embedding-table.js';
import type {ColorScale} from '../../viz/color.js';
import {drawHeatmap} from '../../viz/heatmap.js';
import {drawLegend, LEGEND_HEIGHT, LEGEND_WIDTH} from '../../viz/legend.js';
import {picture} from '../../viz/picture.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';

export const LEGEND = {
  label: 'a number of the table; the stronger, the further from 0',
};

const [MARGIN, LABELS, TITLE, CELL, ROW] = [16, 110, 30, 10, 14];
/** So many rows fit on a page. */
const MOST_ROWS = 128;

export function lookupPicture(
  data: EmbeddingTable,
  chosen: number,
  scale: ColorScale,
  theme: Theme,
): Picture {
  const rows = Math.min(data.ids.length, MOST_ROWS);
  const width = Math.max(2 * MARGIN + LABELS + data.width * CELL, 2 * MARGIN + LEGEND_WIDTH);
  const below = MARGIN + TITLE + rows * ROW + 26;
  const title = `Embedding of ${visibleToken(data.tokens[chosen]!)} (id ${data.ids[chosen]})`;
  const cells = {x: MARGIN + LABELS, cellWidth: CELL, cellHeight: ROW, scale};
  const label = (surface: Surface, text: string, y: number, strong: boolean) =>
    surface.text(text, MARGIN, y + ROW / 2, {
      fill: theme.text,
      size: 11,
      font: theme.mono,
      weight: strong ? 700 : 400,
    });
  return picture({
    width,
    height: below + ROW + 16 + LEGEND_HEIGHT + MARGIN,
    title,
    theme,
    draw(surface) {
      surface.text(title, MARGIN, MARGIN + 8, {fill: theme.text, size: 14, weight: 600, font: theme.sans});
      const top = MARGIN + TITLE;
      for (let row = 0; row < rows; row++)
        label(
          surface,
          `${data.ids[row]} ${visibleToken(data.tokens[row]!)}`,
          top + row * ROW,
          row === chosen,
        );
      const table = {rows, columns: data.width, values: data.values};
      drawHeatmap(surface, table, theme, {
        ...cells,
        y: top,
        highlight: {row: chosen < rows ? chosen : undefined},
      });
      label(surface, `row ${data.ids[chosen]}`, below, true);
      drawHeatmap(surface, {rows: 1, columns: data.width, values: rowOf(data, chosen)}, theme, {
        ...cells,
        y: below,
      });
      drawLegend(surface, scale, theme, {...LEGEND, x: MARGIN, y: below + ROW + 10});
    },
  });
}
