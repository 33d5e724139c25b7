/** Where attention takes from: curves from the streams of earlier lanes into the heads of a later one. */
import {ramp} from '../../../../viz/color.js';
import type {Surface} from '../../../../viz/surface.js';
import {headRow} from '../../data/architecture-data.js';
import type {BlockColumns, Lane} from '../../layout/map-layout.js';
import type {WideLayout} from '../../layout/wide.js';
import {mainSources} from '../attention-links.js';
import type {MapView} from '../map-view.js';
import {px} from './px.js';

/** Draws the strongest links that lead into the chosen lane, and into the one that is pointed at. */
export function drawLinks(
  surface: Surface,
  layout: WideLayout,
  view: MapView,
  {layer, links, heads}: BlockColumns,
): void {
  if (!links || !heads) return;
  const {data, theme, chosen, hovered} = view;
  const {nHeads} = data.config;
  const shade = ramp(theme.background, theme.attention);
  const draw = (lane: Lane, strong: boolean): void => {
    for (let head = 0; head < nHeads; head++) {
      if (data.off.includes(`h.${layer}.attn.${head}`)) continue;
      const target = lane.parts.y + ((head + 0.5) / nHeads) * lane.parts.height;
      for (const {token, weight} of mainSources(headRow(data, layer, head, lane.token)).reverse()) {
        const source = layout.lanes[token]!;
        const [x1, x2] = [links.x, links.x + links.width - 4];
        const middle = (x1 + x2) / 2;
        surface.path(
          `M${px(x1)} ${px(source.stream.y)}C${px(middle)} ${px(source.stream.y)} ${px(middle)} ${px(target)} ${px(x2)} ${px(target)}`,
          {
            stroke: shade(strong ? 0.3 + 0.7 * weight : 0.06 + 0.14 * weight),
            lineWidth: strong ? 0.75 + 4 * weight : 0.75 + weight,
          },
        );
      }
    }
  };
  // All links at once would be a haze: those of other lanes are drawn where the reader looks at them.
  for (const lane of layout.lanes)
    if (lane.token !== chosen && (view.stage || lane.token === hovered)) draw(lane, lane.token === hovered);
  draw(layout.lanes[chosen]!, true);
}
