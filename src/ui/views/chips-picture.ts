/** Rows of tokens as a picture: for export, and before an element's code has come. */
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {drawChips, placeChips} from '../../viz/chips.js';
import {picture} from '../../viz/picture.js';
import type {Picture} from '../base/gpt-element.js';
import {surroundings} from '../export/surroundings.js';
import {visibleBytes} from './token-chips.js';

export interface ChipsRow {
  title: string;
  tokenizer: Tokenizer;
  ids: ArrayLike<number>;
  /** Default: true. */
  withIds?: boolean;
}

export interface ChipsPicture {
  rows: readonly ChipsRow[];
  /** What the picture shows, for those who cannot see it. */
  title: string;
  /** The element whose width and colors the picture has. */
  host: HTMLElement;
}

/** More tokens than this make a picture that nobody looks at. */
const MOST = 300;
const [TITLE, BETWEEN, FONT] = [26, 22, 14];

/** Draws rows of tokens with a title each. */
export function chipsPicture({rows, title, host}: ChipsPicture): Picture {
  const [width, theme] = [surroundings.width(host), surroundings.theme(host)];
  let height = 0;
  const placed = rows.map((row) => {
    const chips = placeChips(chipsOf(row), width);
    const top = height;
    height += TITLE + chips.height + BETWEEN;
    return {title: row.title, chips, top};
  });
  return picture({
    width,
    height: Math.max(1, height - BETWEEN),
    title,
    theme,
    draw(surface) {
      for (const {title, chips, top} of placed) {
        surface.text(title, 0, top + FONT / 2 + 2, {fill: theme.muted, size: FONT, font: theme.sans});
        drawChips(surface, chips, theme, 0, top + TITLE);
      }
    },
  });
}

function chipsOf({tokenizer, ids, withIds = true}: ChipsRow) {
  const specials = new Set(tokenizer.specialTokens.values());
  return Array.from({length: Math.min(ids.length, MOST)}, (_, i) => {
    const id = ids[i]!;
    const text = visibleBytes(tokenizer.bytes(id)).label;
    return {text, isSpecial: specials.has(id), ...(withIds && {note: String(id)})};
  });
}
