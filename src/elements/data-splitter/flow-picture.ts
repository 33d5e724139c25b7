/** What becomes of the rows, as a picture: bands for a wide page, bars for a narrow one. */
import type {LabeledReading, LabeledResult} from '../../state/text-work.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {whole} from '../../ui/base/whole.js';
import {picture} from '../../viz/picture.js';
import type {Surface} from '../../viz/surface.js';
import type {ColorName, Theme} from '../../viz/theme.js';
import {barsPicture} from './bars-picture.js';
import {flowShape, type Kind, stageX} from './flow-shape.js';
import {barsOf, FLOW_HEIGHT, shareWords, sum, WIDE} from './flow-view.js';

const [MARGIN, LINE, SIZE] = [12, 18, 12];

export function flowPicture(
  name: string,
  reading: LabeledReading,
  result: LabeledResult,
  options: {balanced: boolean; theme: Theme; width: number},
): Picture {
  const {balanced, theme, width} = options;
  if (width < WIDE) return barsPicture(name, reading, result, options);
  const bars = barsOf(result, balanced);
  const {classes} = result.split;
  const words = bars.map(({title, counts, gone, reason}) => [
    `${whole(sum(counts))} ${title}`,
    ...counts.map((count, label) => `${classes[label]} ${whole(count)}`),
    ...(gone > 0 ? [`${whole(gone)} ${reason}`] : []),
  ]);
  const top = MARGIN + LINE * Math.max(...words.map(({length}) => length)) + 6;
  return picture({
    width,
    height: top + FLOW_HEIGHT + MARGIN,
    title: `What becomes of the ${whole(reading.rows)} rows of ${name}`,
    theme,
    draw(surface) {
      const inner = surface.width - 2 * MARGIN;
      for (const [stage, lines] of [...words, ['three sets']].entries())
        for (const [n, line] of lines.entries())
          surface.text(line, MARGIN + stageX(stage, inner), MARGIN + (n + 0.5) * LINE, {
            size: SIZE,
            font: theme.sans,
            fill: n === 0 ? theme.text : theme.muted,
            weight: n === 0 ? 600 : 400,
          });
      drawBands(surface, reading, result, {theme, left: MARGIN, top, width: inner});
    },
  });
}

function drawBands(
  surface: Surface,
  reading: LabeledReading,
  result: LabeledResult,
  {theme, left, top, width}: {theme: Theme; left: number; top: number; width: number},
): void {
  const {blocks, bands, sets} = flowShape(reading, result, width, FLOW_HEIGHT, {left, top});
  const colorOf = (kind: Exclude<Kind, 'gone'>) => theme[`token-${(kind % 8) + 1}` as ColorName];
  const shape = (kind: Kind, path: string, stroke?: string) => {
    if (kind === 'gone') surface.hatch(path, {stroke: theme.masked, spacing: 5});
    surface.path(path, {fill: kind === 'gone' ? undefined : colorOf(kind), stroke});
  };
  for (const {kind, path} of bands) shape(kind, path);
  for (const {kind, x, y, width, height} of blocks)
    shape(kind, `M${x} ${y}h${width}v${height}h${-width}Z`, theme.muted);
  const total = sum(sets.map(({count}) => count));
  for (const {name, count, x, y} of sets)
    surface.text(`${name} ${whole(count)} (${shareWords(count, total)})`, x, y, {
      size: SIZE,
      font: theme.sans,
      fill: theme.text,
    });
}
