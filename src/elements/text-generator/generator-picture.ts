/** The text and what may come next as a picture: for export, and before the element's code has come. */
import type {Candidate} from '../../state/index.js';
import {visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {ramp} from '../../viz/color.js';
import {picture} from '../../viz/picture.js';
import type {Theme} from '../../viz/theme.js';
import {share, shownCandidates} from './bars.js';

export interface GeneratorPicture {
  /** The prompt and what was written. */
  text: string;
  candidates: readonly Candidate[];
  /** CSS pixels. */
  width: number;
  theme: Theme;
}

const [FONT, LINE, TITLE, ROW] = [15, 26, 40, 30];
const [NAME, NUMBER] = [108, 64];
/** A character of a monospaced font is about six tenths of its size wide. */
const CHARACTER = 0.61 * FONT;

export function generatorPicture({text, candidates, width, theme}: GeneratorPicture): Picture {
  const lines = wrapped(text, Math.floor(width / CHARACTER));
  const shown = shownCandidates(candidates);
  const top = lines.length * LINE + TITLE;
  const token = {fill: theme.text, size: FONT, font: theme.mono};
  return picture({
    width,
    height: top + shown.length * ROW,
    title: 'What the model would write next',
    theme,
    draw(surface) {
      for (const [i, line] of lines.entries()) surface.text(line, 0, (i + 0.5) * LINE, token);
      surface.text('What comes next', 0, top - 14, {fill: theme.muted, size: 14, font: theme.sans});
      const bar = ramp(theme.background, theme.attention);
      const room = Math.max(0, width - NAME - NUMBER);
      shown.forEach(({text: name, probability}, i) => {
        const middle = top + (i + 0.5) * ROW;
        surface.text(visibleToken(name), 0, middle, token);
        surface.rect(NAME, middle - 7, room, 14, {fill: bar(0.08)});
        surface.rect(NAME, middle - 7, room * probability, 14, {fill: theme.attention});
        surface.text(share(probability), width, middle, {...token, anchor: 'end'});
      });
    },
  });
}

/** Lines of at most `length` characters, broken at spaces. */
function wrapped(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line && line.length + 1 + word.length > length) {
        lines.push(line);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    lines.push(line);
  }
  return lines;
}
