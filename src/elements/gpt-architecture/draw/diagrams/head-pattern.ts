/** One head’s attention of a forward pass as a square: rows ask, columns are read, what is masked stays empty. */
import {shareScale} from '../../../../viz/color.js';
import type {Surface} from '../../../../viz/surface.js';
import type {Theme} from '../../../../viz/theme.js';
import {type ArchitectureData, headRow} from '../../data/architecture-data.js';
import type {Box} from '../../layout/map-layout.js';

export function drawHeadPattern(
  surface: Surface,
  data: ArchitectureData,
  {layer, head}: {layer: number; head: number},
  {x, y, width, height}: Box,
  theme: Theme,
): void {
  const T = data.tokens.length;
  const scale = shareScale(theme);
  const colors = data.tokens.flatMap((_, t) =>
    Array.from(headRow(data, layer, head, t), (weight, key) => (key <= t ? scale.color(weight) : undefined)),
  );
  surface.rect(x, y, width, height, {fill: theme.background});
  surface.grid(x, y, width / T, T, colors, height / T);
  surface.rect(x, y, width, height, {stroke: theme.attention, lineWidth: 1.25});
}
