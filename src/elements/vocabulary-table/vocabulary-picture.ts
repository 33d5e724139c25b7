/** The first rows of the vocabulary as a picture: for export, and before the element's code has come. */
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {whole} from '../../ui/base/whole.js';
import {surroundings} from '../../ui/export/surroundings.js';
import {hex} from '../../ui/views/token-chips.js';
import {ramp} from '../../viz/color.js';
import {picture} from '../../viz/picture.js';
import type {Vocabulary} from './vocabulary.js';

export interface VocabularyPicture {
  tokenizer: Tokenizer;
  vocabulary: Vocabulary;
  /** By id. */
  counts: Uint32Array | undefined;
  /** The tokens on show, in their order. */
  ids: readonly number[];
  /** The element whose width and colors the picture has. */
  host: HTMLElement;
}

const [ROWS, ROW, FONT, BYTES] = [12, 28, 14, 6];
/** Where the columns begin, as parts of the width; the narrow picture has no bytes. */
const WIDE = {id: 0.06, token: 0.1, bytes: 0.36, count: 0.7, bar: 0.73};
const NARROW = {id: 0.12, token: 0.18, bytes: undefined, count: 0.66, bar: 0.72};
const NARROW_PX = 560;

/** Draws the first rows: id, token, bytes, and how often each occurs. */
export function vocabularyPicture(view: VocabularyPicture): Picture {
  const {tokenizer, vocabulary, counts, host} = view;
  const [width, theme] = [surroundings.width(host), surroundings.theme(host)];
  const ids = view.ids.slice(0, ROWS);
  const most = Math.max(1, ...ids.map((id) => counts?.[id] ?? 0));
  const at = width < NARROW_PX ? NARROW : WIDE;
  const bar = ramp(theme.background, theme.residual)(0.5);
  const head = {fill: theme.muted, size: FONT - 1, font: theme.sans};
  const cell = {fill: theme.text, size: FONT, font: theme.mono};
  return picture({
    width,
    height: ROW * (ids.length + 1),
    title: 'Tokens of the vocabulary',
    theme,
    draw(surface) {
      surface.text('id', at.id * width, ROW / 2, {...head, anchor: 'end'});
      surface.text('token', at.token * width, ROW / 2, head);
      if (at.bytes) surface.text('bytes', at.bytes * width, ROW / 2, head);
      surface.text('count', at.count * width, ROW / 2, {...head, anchor: 'end'});
      ids.forEach((id, i) => {
        const middle = (i + 1.5) * ROW;
        const count = counts?.[id] ?? 0;
        surface.line(0, middle - ROW / 2, width, middle - ROW / 2, {stroke: theme.hairline});
        surface.text(String(id), at.id * width, middle, {...cell, fill: theme.muted, anchor: 'end'});
        surface.text(vocabulary.labels[id] ?? '', at.token * width, middle, cell);
        if (at.bytes)
          surface.text(hex(tokenizer.bytes(id).subarray(0, BYTES)), at.bytes * width, middle, {
            ...cell,
            fill: theme.muted,
          });
        surface.text(whole(count), at.count * width, middle, {...cell, anchor: 'end'});
        surface.rect(at.bar * width, middle - 4, ((1 - at.bar) * width * count) / most, 8, {fill: bar});
      });
    },
  });
}
