/** What becomes of the rows, as a picture for a narrow page: bars below each other. */
import type {LabeledReading, LabeledResult} from '../../state/text-work.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {whole} from '../../ui/base/whole.js';
import {picture} from '../../viz/picture.js';
import type {Surface} from '../../viz/surface.js';
import type {ColorName, Theme} from '../../viz/theme.js';
import {barsOf, setsOf, shareWords, sum} from './flow-view.js';

const [MARGIN, LINE, BAR, ROW, SIZE] = [12, 18, 22, 76, 13];

interface Part {
  count: number;
  fill?: string;
  /** Color of diagonals. */
  hatch?: string;
}

export function barsPicture(
  name: string,
  reading: LabeledReading,
  result: LabeledResult,
  {balanced, theme, width}: {balanced: boolean; theme: Theme; width: number},
): Picture {
  const bars = barsOf(result, balanced);
  return picture({
    width: width || 720,
    height: 2 * MARGIN + ROW * (bars.length + 1),
    title: `What becomes of the ${whole(reading.rows)} rows of ${name}`,
    theme,
    draw(surface) {
      const {classes} = result.split;
      const colorOf = (label: number): string => theme[`token-${(label % 8) + 1}` as ColorName];
      for (const [n, {title, counts, gone, reason}] of bars.entries()) {
        const named = counts.map((count, label) => `${classes[label]} ${whole(count)}`).join('  ');
        const words = [
          `${whole(sum(counts))} ${title}`,
          gone > 0 ? `${named}  ${whole(gone)} ${reason}` : named,
        ];
        const parts: Part[] = counts.map((count, label) => ({count, fill: colorOf(label)}));
        drawRow(surface, theme, n, words, [...parts, {count: gone, hatch: theme.masked}], reading.rows);
      }
      const sets = setsOf(result.split);
      const total = sum(sets.map(({count}) => count));
      const named = sets
        .map(({name, count}) => `${name} ${whole(count)} (${shareWords(count, total)})`)
        .join('  ');
      const parts = sets.flatMap(({texts}) =>
        classes.map(
          (_, label): Part => ({
            count: texts.filter((text) => text.label === label).length,
            fill: colorOf(label),
          }),
        ),
      );
      drawRow(surface, theme, bars.length, ['three sets', named], parts, reading.rows);
    },
  });
}

/** Draws two lines of words, and a bar below them on the scale of all rows. */
function drawRow(
  surface: Surface,
  theme: Theme,
  n: number,
  [title, words]: readonly string[],
  parts: readonly Part[],
  rows: number,
): void {
  const top = MARGIN + n * ROW;
  const text = {size: SIZE, font: theme.sans} as const;
  surface.text(title!, MARGIN, top + LINE / 2, {...text, fill: theme.text, weight: 600});
  surface.text(words!, MARGIN, top + 1.5 * LINE, {...text, fill: theme.muted, size: SIZE - 1});
  const scale = (surface.width - 2 * MARGIN) / rows;
  let x = MARGIN;
  for (const {count, fill, hatch} of parts) {
    if (count === 0) continue;
    const end = x + count * scale;
    const y = top + 2 * LINE + 2;
    if (hatch) surface.hatch(`M${x} ${y}H${end}v${BAR}H${x}Z`, {stroke: hatch, spacing: 5});
    surface.rect(x, y, end - x, BAR, {fill, stroke: theme.muted});
    x = end;
  }
}
