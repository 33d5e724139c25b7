/** A text as a picture for export: the split, and the most frequent characters and words. */
import type {TextStatistics} from '../../data/statistics.js';
import {visibleWhitespace} from '../../tokenizers/visible.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {type BarList, barListHeight, drawBarList} from '../../viz/bars.js';
import {picture} from '../../viz/picture.js';
import type {Theme} from '../../viz/theme.js';
import {percent} from './split.js';

const [MARGIN, WIDTH, GAP, TOP, BAR] = [16, 720, 40, 84, 18];
const SHOWN = 12;

export interface CorpusShown {
  name: string;
  statistics: TextStatistics;
  /** The share of the training set. */
  share: number;
}

export function corpusPicture({name, statistics, share}: CorpusShown, theme: Theme): Picture {
  const list = (title: string, counts: TextStatistics['wordCounts']): BarList => ({
    title,
    color: theme.residual,
    bars: counts.slice(0, SHOWN).map(([text, value]) => ({
      label: visibleWhitespace(text).slice(0, 12),
      value,
      printed: value.toLocaleString('en'),
    })),
  });
  const characters = list('Most frequent characters', statistics.characterCounts);
  const words = list('Most frequent words', statistics.wordCounts);
  const inner = WIDTH - 2 * MARGIN;
  const half = (inner - GAP) / 2;
  const cut = MARGIN + share * inner;
  const small = {size: 12, font: theme.sans} as const;
  return picture({
    width: WIDTH,
    height: TOP + 2 * MARGIN + Math.max(barListHeight(characters), barListHeight(words)),
    title: `${name}: ${statistics.characters.toLocaleString('en')} characters, ${statistics.words.toLocaleString('en')} words`,
    theme,
    draw(surface) {
      surface.text(name, MARGIN, MARGIN + 8, {fill: theme.text, size: 14, weight: 600, font: theme.sans});
      const top = MARGIN + 26;
      surface.rect(MARGIN, top, cut - MARGIN - 1, BAR, {fill: theme.train});
      surface.hatch(`M${cut + 1} ${top}H${MARGIN + inner}v${BAR}H${cut + 1}Z`, {
        stroke: theme.validation,
        spacing: 5,
      });
      surface.text(`training set ${percent(share)}`, MARGIN, top + BAR + 12, {...small, fill: theme.train});
      surface.text(`validation set ${percent(1 - share)}`, MARGIN + inner, top + BAR + 12, {
        ...small,
        fill: theme.validation,
        anchor: 'end',
      });
      drawBarList(surface, characters, theme, MARGIN, TOP + MARGIN, half);
      drawBarList(surface, words, theme, MARGIN + half + GAP, TOP + MARGIN, half);
    },
  });
}
