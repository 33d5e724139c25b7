/** The grid of guesses as a picture. */
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {shareScale, textOn} from '../../viz/color.js';
import {drawLegend, LEGEND_HEIGHT} from '../../viz/legend.js';
import {picture} from '../../viz/picture.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import {type LensData, lossOf} from './lens-data.js';

export const LEGEND = {label: 'probability of the likeliest next token'};

const [MARGIN, LABELS, ROW, HEAD, LOSS, FONT] = [12, 150, 34, 28, 56, 12];

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

function drawLens(surface: Surface, {tokens, rows}: LensData, theme: Theme): void {
  const scale = shareScale(theme);
  const labels = surface.width < 600 ? 90 : LABELS;
  const room = surface.width - 2 * MARGIN - labels - LOSS;
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
  surface.text('loss', left + shown * cell + LOSS, MARGIN + HEAD / 2, {...words, anchor: 'end'});
  surface.text('really follows', MARGIN, MARGIN + HEAD + ROW * rows.length + HEAD / 2, words);
  for (const [r, row] of rows.entries()) {
    const top = MARGIN + HEAD + r * ROW;
    surface.text(
      row.name.replace(surface.width < 600 ? /feed-forward/ : /^$/, 'MLP'),
      MARGIN,
      top + ROW / 2,
      {
        ...words,
        fill: theme.text,
      },
    );
    for (let t = first; t < tokens.length; t++) {
      const [best] = row.guesses[t]!;
      const fill = scale.color(best!.probability);
      const x = left + (t - first) * cell;
      surface.rect(x, top, cell - 2, ROW - 2, {fill, stroke: theme.hairline});
      const isRight = best!.token === tokens[t + 1];
      surface.text(fit(best!.token), x + cell / 2 - 1, top + ROW / 2 - 1, {
        ...mono,
        fill: textOn(fill, theme),
        weight: isRight ? 700 : 400,
      });
      if (isRight)
        surface.line(x + 4, top + ROW - 6, x + cell - 6, top + ROW - 6, {
          stroke: textOn(fill, theme),
          lineWidth: 2,
        });
    }
    const loss = lossOf(row);
    if (loss !== undefined)
      surface.text(decimals(loss, 2), left + shown * cell + LOSS, top + ROW / 2, {
        ...mono,
        fill: theme.text,
        anchor: 'end',
      });
  }
  drawLegend(surface, scale, theme, {...LEGEND, x: MARGIN - 8, y: MARGIN + 2 * HEAD + ROW * rows.length + 8});
}
