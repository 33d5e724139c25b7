/** Tokens as chips, line below line, as elements draw them: for pictures. */
import type {Surface} from './surface.js';
import type {Theme} from './theme.js';

export interface Chip {
  text: string;
  /** Below the chip, e.g. its id. */
  note?: string;
  /** Stands for no text, e.g. `<|endoftext|>`. */
  isSpecial?: boolean;
}

export interface PlacedChips {
  chips: readonly (Chip & {x: number; y: number; width: number})[];
  height: number;
}

const [FONT, NOTE, PADDING, BOX, GAP, BETWEEN] = [15, 11, 3, 22, 2, 6];
/** The width of a character of a monospaced font, as a part of its size. */
const CHARACTER = 0.61;
const COLORS = [
  'token-1',
  'token-2',
  'token-3',
  'token-4',
  'token-5',
  'token-6',
  'token-7',
  'token-8',
] as const;

/** Characters of East Asian scripts and emoji take two columns. */
const columns = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character.codePointAt(0)! >= 0x1100 ? 2 : 1), 0);

/** Breaks a row of chips into lines of at most `width` CSS pixels. */
export function placeChips(chips: readonly Chip[], width: number): PlacedChips {
  const hasNotes = chips.some(({note}) => note !== undefined);
  const line = BOX + BETWEEN + (hasNotes ? NOTE + 3 : 0);
  let [x, y] = [0, 0];
  const placed = chips.map((chip) => {
    const own =
      Math.max(columns(chip.text) * FONT, (chip.note?.length ?? 0) * NOTE) * CHARACTER + 2 * PADDING;
    if (x > 0 && x + own > width) [x, y] = [0, y + line];
    const at = {...chip, x, y, width: own};
    x += own + GAP;
    return at;
  });
  return {chips: placed, height: chips.length ? y + line - BETWEEN : 0};
}

/** Draws placed chips with their upper left corner at (x, y). */
export function drawChips(surface: Surface, {chips}: PlacedChips, theme: Theme, x: number, y: number): void {
  chips.forEach((chip, i) => {
    const middle = x + chip.x + chip.width / 2;
    const top = y + chip.y;
    surface.rect(x + chip.x, top, chip.width, BOX, {
      fill: theme[COLORS[i % COLORS.length]!],
      stroke: chip.isSpecial ? theme.text : undefined,
    });
    const style = {font: theme.mono, anchor: 'middle'} as const;
    surface.text(chip.text, middle, top + BOX / 2, {
      ...style,
      fill: theme.text,
      size: FONT,
      weight: chip.isSpecial ? 700 : 400,
    });
    if (chip.note !== undefined)
      surface.text(chip.note, middle, top + BOX + NOTE / 2 + 3, {...style, fill: theme.muted, size: NOTE});
  });
}
