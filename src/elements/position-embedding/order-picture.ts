/** What the model predicts after two texts of the same tokens, with positions and without, as a picture. */
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {ramp} from '../../viz/color.js';
import {picture} from '../../viz/picture.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import {largestShare, likeliestIds, MODES} from './order-view.js';
import type {OrderData} from './position-data.js';

const [FONT, LINE, ROW, GAP] = [14, 24, 28, 32];
/** CSS pixels: the token in the middle, and the numbers beside it. */
const [TOKEN, NUMBER] = [80, 48];
/** From here on the two tables stand side by side. */
const BESIDE_PX = 700;
const TITLES = {with: 'With positions', without: 'Without positions'};

/** Draws the two texts, and a table of the likeliest next tokens with positions and without. */
export function orderPicture(data: OrderData, width: number, theme: Theme): Picture {
  const isBeside = width >= BESIDE_PX;
  const own = isBeside ? (width - GAP) / 2 : width;
  const rows = Math.max(...MODES.map((mode) => likeliestIds(...data[mode]).length));
  const table = LINE + LINE + rows * ROW;
  const top = 2 * LINE + 12;
  const largest = largestShare(data);
  return picture({
    width,
    height: top + (isBeside ? table : 2 * table + GAP),
    title: 'Two texts of the same tokens, read with positions and without',
    theme,
    draw(surface) {
      data.with.forEach(({tokens}, i) => {
        const text = `${'AB'[i]}: ${tokens.map(visibleToken).join('')}`;
        surface.text(text, 0, (i + 0.5) * LINE, {fill: theme.text, size: FONT, font: theme.mono});
      });
      MODES.forEach((mode, i) => {
        const [x, y] = isBeside ? [i * (own + GAP), top] : [0, top + i * (table + GAP)];
        drawTable(surface, {data, mode, x, y, width: own, largest}, theme);
      });
    },
  });
}

interface Table {
  data: OrderData;
  mode: (typeof MODES)[number];
  x: number;
  y: number;
  width: number;
  /** The probability whose bar is longest. */
  largest: number;
}

function drawTable(surface: Surface, {data, mode, x, y, width, largest}: Table, theme: Theme): void {
  const [a, b] = data[mode];
  const middle = x + width / 2;
  const room = width / 2 - TOKEN / 2 - NUMBER - 8;
  const fill = ramp(theme.background, theme.attention)(0.6);
  const head = {fill: theme.muted, size: FONT - 1, font: theme.sans, anchor: 'middle'} as const;
  const cell = {fill: theme.text, size: FONT, font: theme.mono, anchor: 'middle'} as const;
  surface.text(TITLES[mode], x, y + LINE / 2, {fill: theme.text, size: FONT, weight: 600, font: theme.sans});
  surface.text('after A', middle - TOKEN / 2 - NUMBER / 2, y + 1.5 * LINE, head);
  surface.text('next', middle, y + 1.5 * LINE, head);
  surface.text('after B', middle + TOKEN / 2 + NUMBER / 2, y + 1.5 * LINE, head);
  likeliestIds(a, b).forEach((id, i) => {
    const line = y + 2 * LINE + (i + 0.5) * ROW;
    surface.line(x, line - ROW / 2, x + width, line - ROW / 2, {stroke: theme.hairline});
    surface.text(visibleToken(data.label(id)), middle, line, cell);
    for (const [{probs}, side] of [
      [a, -1],
      [b, 1],
    ] as const) {
      const share = probs[id]!;
      const from = middle + side * (TOKEN / 2 + NUMBER);
      const long = (room * share) / largest;
      surface.text(decimals(share, 3), middle + side * (TOKEN / 2 + NUMBER / 2), line, cell);
      surface.rect(side < 0 ? from - long : from, line - 6, long, 12, {fill});
    }
  });
}
