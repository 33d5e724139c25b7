/** What the compact form of the narrow map writes: fewer and shorter words, beside the parts and not above them. */
import {visibleToken} from '../../../ui/base/format.js';
import type {Surface} from '../../../viz/surface.js';
import {followedGuesses} from '../data/forming.js';
import {share as written} from '../data/share.js';
import type {NarrowBlock, NarrowLayout} from '../layout/narrow.js';
import {shortenedTo} from './candidates.js';
import type {MapView} from './map-view.js';
import {fitting, wordsWidth} from './text-width.js';

const SIZE = 12;
/** How wide a character of the fixed-width font is. */
const CHARACTER = 7.25;
const LINE = 14;
/** “Block 1” */
const TITLE = 66;

/** Writes the chosen token where its way begins, and above what follows it. */
export function drawChosenName(
  surface: Surface,
  {wte, next}: NarrowLayout,
  {data, theme, chosen}: MapView,
  numbers: string,
): void {
  const name = visibleToken(data.tokens[chosen]!);
  const mono = {fill: theme.text, size: SIZE, font: theme.mono} as const;
  const as = wordsWidth(numbers, SIZE) + 6;
  const shown = shortenedTo(name, Math.floor((wte.width - as) / CHARACTER));
  surface.text(shown, wte.x, wte.y - 10, mono);
  surface.text(numbers, wte.x + shown.length * CHARACTER + 6, wte.y - 10, {
    fill: theme.muted,
    size: SIZE,
    font: theme.sans,
  });
  surface.text('after', wte.x + 84, next + 8, {fill: theme.muted, size: SIZE, font: theme.sans});
  surface.text(shortenedTo(name, 20), wte.x + 116, next + 8, mono);
}

/** Returns what is said of the heads, beside the block’s title. */
export const attentionWords = ({heads, guesses}: NarrowBlock): string => {
  const words = `${heads.length} ${heads.length === 1 ? 'head reads' : 'heads read'} earlier tokens`;
  const room = guesses!.x + guesses!.width - heads[0]!.x - TITLE;
  return fitting([`attention: ${words}`, words], room, SIZE);
};

/** Writes what the MLP does at its left, and the guess after each addition at its right. */
export function drawBesideBlock(surface: Surface, block: NarrowBlock, view: MapView): void {
  const {data, theme, chosen} = view;
  const {layer, heads, mlp, guesses} = block;
  const id = `h.${layer}.mlp`;
  const change = data.off.includes(id) ? 'off' : data.patched?.includes(id) ? 'patched' : undefined;
  const say = (text: string, x: number, y: number, fill: string): void =>
    surface.text(text, x, y, {fill, size: SIZE, font: theme.sans});
  const words = change ? theme.error : theme.mlp;
  say(change ? 'MLP' : 'MLP: a small', heads[0]!.x, mlp.y + 7, words);
  say(change ?? 'neural network', heads[0]!.x, mlp.y + 7 + LINE, words);
  say('guess so far', guesses!.x, heads[0]!.y + 4, theme.muted);
  const end = guesses!.x + guesses!.width;
  followedGuesses(data, chosen).forEach(({token, shares}, n) => {
    for (const [point, top] of [
      [2 * layer + 1, heads[0]!.y + 5 + LINE],
      [2 * layer + 2, mlp.y + 7],
    ] as const) {
      const share = shares[point];
      if (share === undefined) continue;
      const number = written(share);
      const style = {size: SIZE, font: theme.mono, weight: n === 0 ? 600 : 400} as const;
      const y = top + n * LINE;
      const room = Math.floor(guesses!.width / CHARACTER) - number.length - 1;
      surface.text(shortenedTo(visibleToken(token), Math.min(7, room)), guesses!.x, y, {
        ...style,
        fill: theme.text,
      });
      surface.text(number, Math.min(end, guesses!.x + ROOM_FOR_GUESS), y, {
        ...style,
        fill: theme.attention,
        anchor: 'end',
      });
    }
  });
}

/** Where there is more room, a share stays near its token. */
const ROOM_FOR_GUESS = 120;
