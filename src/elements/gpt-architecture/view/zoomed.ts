/** What a zoomed map needs: loaded when the reader comes near. */
import type {Surface} from '../../../viz/surface.js';

export {Camera} from '../../../viz/camera.js';
export {drawEdges} from '../draw/wide/edges.js';
export {moveFrame, renderOverview, seenBy} from './overview.js';

/** Text does not grow beyond this size on the screen. */
const LARGEST_TEXT = 15;

interface Lines {
  lineWidth?: number;
  dash?: readonly number[];
}

/** Returns a surface on which lines stay as thick as they are while what they draw is shown `k` times as large, and text stays legible. */
export function steadyLines(surface: Surface, k: number): Surface {
  const steady = <S extends Lines>(style: S): S => ({
    ...style,
    lineWidth: (style.lineWidth ?? 1) / k,
    ...(style.dash && {dash: style.dash.map((length) => length / k)}),
  });
  return {
    width: surface.width,
    height: surface.height,
    rect: (x, y, width, height, style) => surface.rect(x, y, width, height, steady(style)),
    line: (x1, y1, x2, y2, style) => surface.line(x1, y1, x2, y2, steady(style)),
    path: (d, style) => surface.path(d, steady(style)),
    hatch: (d, style) => surface.hatch(d, steady(style)),
    text: (text, x, y, style) =>
      surface.text(text, x, y, {...style, size: Math.min(style.size, LARGEST_TEXT / k)}),
    grid: (...grid) => surface.grid(...grid),
    clip: (...clip) => surface.clip(...clip),
  };
}
