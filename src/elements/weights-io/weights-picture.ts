/** A model and the files that it can be saved as, as a picture. */
import type {ModelFacts} from '../../state/index.js';
import {count} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {ramp} from '../../viz/color.js';
import {exportWidth, picture} from '../../viz/picture.js';
import type {Surface} from '../../viz/surface.js';
import type {ColorName, Theme} from '../../viz/theme.js';
import {aboutBytes, bytesPerNumber, FORMATS} from './save-list.js';
import {columnsOf, partOf} from './tensor-map.js';

const [TITLE, MAP, LINE, GAP, FONT, ROW] = [26, 240, 18, 24, 13, 74];
/** A narrow picture has the files below the model. */
const NARROW = 620;
/** Pixels of a character of a tensor's name. */
const CHARACTER = 7.2;

export function weightsPicture(facts: ModelFacts, step: number, theme: Theme, shown: number): Picture {
  const width = exportWidth(shown || 720);
  const isNarrow = width < NARROW;
  const mapWidth = isNarrow ? width : Math.round(0.42 * width);
  const files = FORMATS.length * ROW + TITLE;
  const words = {size: FONT, font: theme.sans, fill: theme.text};
  return picture({
    width,
    height: isNarrow ? TITLE + MAP + GAP + files : TITLE + Math.max(MAP, files - TITLE),
    title: 'A model, and the files that it can be saved as',
    theme,
    draw(surface) {
      surface.text(`All that it has learned: ${count(facts.parameters)} numbers`, 0, TITLE / 2, {
        ...words,
        weight: 600,
      });
      drawMap(surface, facts, TITLE, mapWidth, theme);
      const [left, top] = isNarrow ? [0, TITLE + MAP + GAP] : [mapWidth + 2 * GAP, 0];
      if (!isNarrow)
        surface.text('→', mapWidth + GAP, TITLE + MAP / 2, {...words, size: 22, anchor: 'middle'});
      drawFiles(surface, facts, step, left, top, theme);
    },
  });
}

function drawMap(surface: Surface, {config}: ModelFacts, top: number, width: number, theme: Theme): void {
  const columns = columnsOf(config);
  const total = columns.flatMap(({tensors}) => tensors).reduce((sum, {numbers}) => sum + numbers, 0);
  let x = 0;
  for (const {tensors} of columns) {
    const numbers = tensors.reduce((sum, tensor) => sum + tensor.numbers, 0);
    const wide = (numbers / total) * width;
    let y = top;
    for (const {name, numbers: own} of tensors) {
      const high = (own / numbers) * MAP;
      const color = theme[partOf(name)[1] as ColorName];
      const fill = ramp(theme.background, color)(0.26);
      const [w, h] = [Math.max(0.5, wide - 3), Math.max(0.5, high - 1)];
      surface.rect(x, y, w, h, {fill});
      surface.rect(x, y, Math.min(3, w), h, {fill: color});
      const label = name.replace(/^h\.\d+\.|\.weight$/g, '');
      if (h > LINE && label.length * CHARACTER < w - 8)
        surface.text(label, x + 8, y + LINE / 2 + 1, {size: 12, font: theme.mono, fill: theme.text});
      y += high;
    }
    x += wide;
  }
}

function drawFiles(
  surface: Surface,
  {parameters}: ModelFacts,
  step: number,
  x: number,
  top: number,
  theme: Theme,
): void {
  const words = {size: FONT, font: theme.sans};
  surface.text('Save it as a file', x, top + TITLE / 2, {...words, weight: 600, fill: theme.text});
  for (const [i, {format, name, place, code, what}] of FORMATS.entries()) {
    const y = top + TITLE + i * ROW;
    surface.line(x, y, surface.width, y, {stroke: theme.hairline});
    const size = aboutBytes(parameters, bytesPerNumber(format, step, false));
    surface.text(`${name}, ${size}`, x, y + LINE, {...words, weight: 600, fill: theme.text});
    surface.text(`→ ${place}${code ? `: ${code}` : ''}`, x, y + 2 * LINE, {...words, fill: theme.text});
    surface.text(what, x, y + 3 * LINE, {...words, fill: theme.muted});
  }
}
