/** A window as a picture for export: the input, and the target, which is the input shifted by one token. */
import {tokenLabel} from '../../tokenizers/token-label.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {picture} from '../../viz/picture.js';
import type {Theme} from '../../viz/theme.js';
import {drawTokenTable, type TokenTable, tokenTableSize} from '../../viz/token-table.js';

const MARGIN = 16;

export interface WindowShown {
  /** [T] each. */
  input: Int32Array;
  target: Int32Array;
  /** The first token of the window in the text. */
  start: number;
  tokenizer: Tokenizer;
}

export function windowPicture({input, target, start, tokenizer}: WindowShown, theme: Theme): Picture {
  const row = (ids: Int32Array) => ({
    head: '',
    cells: Array.from(ids, (id) => ({text: visibleToken(tokenLabel(tokenizer, id))})),
  });
  const places = Array.from(input, (_, position) => `${position}`);
  const tables: TokenTable[] = [
    {
      title: `Input: the text from token ${start} on`,
      columns: places,
      rows: [row(input)],
      color: theme.query,
    },
    {title: `Target: from token ${start + 1} on`, columns: places, rows: [row(target)], color: theme.key},
  ];
  const sizes = tables.map(tokenTableSize);
  return picture({
    width: 2 * MARGIN + Math.max(...sizes.map(({width}) => width)),
    height: 3 * MARGIN + sizes[0]!.height + sizes[1]!.height,
    title: `A window of ${input.length} tokens from token ${start} on, and its targets`,
    theme,
    draw(surface) {
      drawTokenTable(surface, tables[0]!, theme, MARGIN, MARGIN);
      drawTokenTable(surface, tables[1]!, theme, MARGIN, 2 * MARGIN + sizes[0]!.height);
    },
  });
}
