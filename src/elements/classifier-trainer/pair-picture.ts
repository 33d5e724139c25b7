/** The pair of messages as a picture: their tokens, and what both classifiers say. */
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {signedScale, textOn} from '../../viz/color.js';
import {picture} from '../../viz/picture.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import type {Attribution} from './attribution.js';
import {PAIR, type PairProps} from './pair-view.js';
import {extentOf} from './weighed-tokens.js';

/** Pixels: a character of a token, a line of tokens, a line of words, between the messages, and a bar. */
const [CHARACTER, CHIPS, LINE, GAP, BAR] = [9.1, 34, 24, 18, 130];
const [TOKEN_FONT, FONT] = [15, 13];
/** From this width on, both answers stand in one line. */
const WIDE = 640;

interface Chip {
  text: string;
  effect: number;
  x: number;
  y: number;
  width: number;
}

/** Places the tokens of a message in lines. */
function chipsOf({tokens, effects}: Attribution, room: number): Chip[] {
  let [x, y] = [0, 0];
  return tokens.map((token, i) => {
    const text = visibleToken(token);
    const width = text.length * CHARACTER + 8;
    if (x + width > room) [x, y] = [0, y + CHIPS];
    const chip = {text, effect: effects[i]!, x, y, width};
    x += width + 2;
    return chip;
  });
}

export function pairPicture(
  {classes, bag, gpt, theme}: Omit<PairProps, 'gpt'> & {gpt: readonly Attribution[]},
  width: number,
): Picture {
  const isWide = width >= WIDE;
  const messages = gpt.map((reading) => chipsOf(reading, width));
  const below = (isWide ? 1 : 3) * LINE + GAP;
  const heights = messages.map((chips) => chips.at(-1)!.y + CHIPS + below);
  const {color} = signedScale(theme, extentOf(gpt));
  return picture({
    width,
    height: heights.reduce((sum, height) => sum + height, 0),
    title: 'The same words in two orders, and what a bag of words and the GPT say of them',
    theme,
    draw(surface) {
      let top = 0;
      for (const [i, chips] of messages.entries()) {
        for (const {text, effect, x, y, width} of chips) {
          const fill = color(effect);
          surface.rect(x, top + y, width, CHIPS - 4, {fill});
          surface.text(text, x + width / 2, top + y + CHIPS / 2 - 2, {
            size: TOKEN_FONT,
            font: theme.mono,
            anchor: 'middle',
            fill: textOn(fill, theme),
          });
        }
        const {text, label} = PAIR[i]!;
        const line = top + chips.at(-1)!.y + CHIPS + LINE / 2;
        const place = (n: number) => (isWide ? [n && 110 + 350 * (n - 1), line] : [0, line + n * LINE]);
        const [x, y] = place(0) as [number, number];
        surface.text(`truth: ${classes[label]}`, x, y, {size: FONT, font: theme.sans, fill: theme.text});
        const answers = {'bag of words': bag?.(text)[1], GPT: gpt[i]!.probs[1]};
        for (const [n, [name, p]] of Object.entries(answers).entries())
          if (p !== undefined)
            drawAnswer(surface, place(n + 1) as [number, number], name, p, label, classes, theme);
        top += heights[i]!;
      }
    },
  });
}

function drawAnswer(
  surface: Surface,
  [x, y]: [number, number],
  name: string,
  p: number,
  label: number,
  classes: readonly string[],
  theme: Theme,
): void {
  const called = Number(p > 0.5);
  const words = {size: FONT, font: theme.sans} as const;
  surface.text(name, x, y, {...words, fill: theme.muted});
  surface.rect(x + 92, y - 5, BAR, 10, {fill: theme.hairline});
  surface.rect(x + 92, y - 5, BAR * p, 10, {fill: theme.attention});
  const verdict = `${decimals(p, 2)} ${classes[called]}${called === label ? '' : ' (wrong)'}`;
  surface.text(verdict, x + 92 + BAR + 10, y, {...words, fill: theme.text});
}
