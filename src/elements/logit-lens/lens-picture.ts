/** The grid of guesses as a picture. */
import {visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {shareScale, textOn} from '../../viz/color.js';
import {drawLegend, LEGEND_HEIGHT} from '../../viz/legend.js';
import {picture} from '../../viz/picture.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import {cellAt, isFirst, isRepeating, type LensData} from './lens-data.js';

export const LEGEND = {label: 'probability of what really follows'};
/** What is said of a row that repeats what has been read. */
export const REPEATS = 'mostly repeats the token: nothing else is read yet';

/** What a part is, where it first stands in the grid. */
const PARTS: Readonly<Record<string, string>> = {
  attention: 'reads earlier tokens',
  MLP: 'a small network',
};

/** Returns what is said of a row below its name. */
export function noteOf(data: LensData, r: number): string | undefined {
  const row = data.rows[r]!;
  if (isRepeating(row, data)) return REPEATS;
  return isFirst(data, r) ? PARTS[row.name.split(', ').at(-1)!] : undefined;
}

const [MARGIN, LABELS, ROW, HEAD, FONT] = [12, 150, 36, 28, 12];

export function lensPicture(data: LensData, theme: Theme, width: number): Picture {
  const height = MARGIN * 2 + HEAD * 2 + ROW * data.rows.length + LEGEND_HEIGHT;
  return picture({
    width,
    height,
    title: 'What the model would predict at each point of its residual stream',
    theme,
    draw: (surface) => drawLens(surface, data, theme),
  });
}

function drawLens(surface: Surface, data: LensData, theme: Theme): void {
  const {tokens, rows} = data;
  const scale = shareScale(theme);
  const labels = surface.width < 600 ? 112 : LABELS;
  const room = surface.width - 2 * MARGIN - labels;
  // On a narrow page only the last tokens have room.
  const shown = Math.max(1, Math.min(tokens.length, Math.floor(room / 58)));
  const first = tokens.length - shown;
  const cell = Math.min(110, room / shown);
  const left = MARGIN + labels;
  const mono = {size: FONT, font: theme.mono, anchor: 'middle'} as const;
  const words = {size: FONT, font: theme.sans, fill: theme.muted} as const;
  const fit = (token: string): string => {
    const most = Math.floor((cell - 4) / 7.4);
    const visible = visibleToken(token);
    return visible.length > most ? `${visible.slice(0, Math.max(1, most - 1))}…` : visible;
  };
  for (let t = first; t < tokens.length; t++) {
    const middle = left + (t - first + 0.5) * cell;
    surface.text(fit(tokens[t]!), middle, MARGIN + HEAD / 2, {...mono, fill: theme.text, weight: 700});
    const follows = tokens[t + 1];
    if (follows !== undefined)
      surface.text(fit(follows), middle, MARGIN + HEAD + ROW * rows.length + HEAD / 2, {
        ...mono,
        fill: theme.text,
      });
  }
  surface.text(
    surface.width < 600 ? 'stopped after' : 'if it stopped after',
    MARGIN,
    MARGIN + HEAD / 2,
    words,
  );
  surface.text('really follows', MARGIN, MARGIN + HEAD + ROW * rows.length + HEAD / 2, words);
  for (const [r, row] of rows.entries()) {
    const top = MARGIN + HEAD + r * ROW;
    const note = noteOf(data, r);
    const notes = note === REPEATS && surface.width < 600 ? ['repeats'] : (note?.split(': ') ?? []);
    const line = 13;
    for (const [i, text] of [row.name, ...notes].entries())
      surface.text(text, MARGIN, top + ROW / 2 + (i - notes.length / 2) * line, {
        ...words,
        size: i ? 11 : FONT,
        fill: i ? theme.muted : theme.text,
      });
    for (let t = first; t < tokens.length; t++) {
      const {guess, probability, repeats, isRight} = cellAt(data, r, t);
      const fill = scale.color(probability ?? 0);
      const x = left + (t - first) * cell;
      surface.rect(x, top, cell - 2, ROW - 2, {fill, stroke: theme.hairline});
      surface.text(fit(guess), x + cell / 2 - 1, top + ROW / 2 - 1, {
        ...mono,
        fill: repeats ? theme.muted : textOn(fill, theme),
        weight: isRight ? 700 : 400,
      });
      if (isRight)
        surface.text('✓', x + cell - 10, top + 9, {size: 11, font: theme.sans, fill: textOn(fill, theme)});
    }
  }
  drawLegend(surface, scale, theme, {...LEGEND, x: MARGIN - 8, y: MARGIN + 2 * HEAD + ROW * rows.length + 8});
}
