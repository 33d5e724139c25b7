/** A block without room for its parts: a small matrix for each head. */
import {shareScale} from '../../../../viz/color.js';
import type {Surface} from '../../../../viz/surface.js';
import {headRow} from '../../data/architecture-data.js';
import type {BlockColumns} from '../../layout/map-layout.js';
import {cached} from '../cached.js';
import type {MapView} from '../map-view.js';
import {px} from './px.js';

/**
 * Draws a collapsed block; nothing for one that is drawn in full. Too small for hatching: what is masked stays empty. All its
 * heads are one grid with empty rows between them: a hundred small grids would take too long for each frame.
 */
export function drawCollapsed(surface: Surface, {data, theme}: MapView, {layer, small}: BlockColumns): void {
  const [first, second] = small ?? [];
  if (!small || !first) return;
  const T = data.tokens.length;
  const step = second ? second.y - first.y : first.height;
  const between = second ? Math.max(1, Math.round(((step - first.height) / first.height) * T)) : 0;
  const cell = step / (T + between);
  const colors = cached(data, theme, `small ${layer} ${between}`, () => {
    const scale = shareScale(theme);
    const empty = new Array<undefined>(between * T).fill(undefined);
    return small.flatMap((_, head) => [
      ...Array.from({length: T}, (__, t) =>
        Array.from(headRow(data, layer, head, t), (weight, key) =>
          key <= t ? scale.color(weight) : undefined,
        ),
      ).flat(),
      ...empty,
    ]);
  });
  const frame = `h${px(first.width)}v${px(T * cell)}h${px(-first.width)}Z`;
  const frames = small.map(({x, y}) => `M${px(x)} ${px(y)}${frame}`).join('');
  surface.path(frames, {fill: theme.background});
  surface.grid(first.x, first.y, first.width / T, T, colors, cell);
  surface.path(frames, {stroke: theme.hairline});
}
