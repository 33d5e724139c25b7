/** The sizes as a picture. */
import type {GPTConfig} from '../../state/index.js';
import {count} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {ramp} from '../../viz/color.js';
import {exportWidth, picture} from '../../viz/picture.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import {extentOf, LONGEST, MATRICES} from './size-figure.js';
import type {Size} from './sizes.js';
import {PARTS} from './tensor-figure.js';

const [FONT, LABEL, GAP, LINE] = [13, 168, 14, 18];
/** Of the legend's font, on average. */
const CHARACTER = 6.5;
/** A narrow picture has the names above the drawings. */
const NARROW = 560;

/** All sizes, one below the other, as the element shows them. */
export function sizesPicture(sizes: readonly Size[], theme: Theme, shown: number): Picture {
  const width = exportWidth(shown || 720);
  const isNarrow = width < NARROW;
  const left = isNarrow ? 0 : LABEL;
  const scale = (width - left) / LONGEST;
  const heightOf = ({config}: Size): number => {
    const drawn = Math.max(2, extentOf(config).height * scale);
    return (isNarrow ? LINE + drawn : Math.max(2 * LINE, drawn)) + GAP;
  };
  return picture({
    width,
    height: sizes.reduce((sum, size) => sum + heightOf(size), drawLegend(theme, width).bottom),
    title: 'Sizes of GPT-2, to scale',
    theme,
    draw(surface) {
      let y = drawLegend(theme, width, surface).bottom;
      for (const size of sizes) {
        const middle = y + (heightOf(size) - GAP) / 2;
        const words = {size: FONT, font: theme.sans};
        surface.text(size.name, 0, isNarrow ? y + LINE / 2 : middle - LINE / 2, {
          ...words,
          weight: 600,
          fill: theme.text,
        });
        const parameters = `${count(size.parameters)} parameters`;
        if (isNarrow) surface.text(parameters, LABEL - 40, y + LINE / 2, {...words, fill: theme.muted});
        else surface.text(parameters, 0, middle + LINE / 2, {...words, fill: theme.muted});
        const {height} = extentOf(size.config);
        const top = isNarrow ? y + LINE : middle - (height * scale) / 2;
        drawSize(surface, size.config, left, top, scale, theme);
        y += heightOf(size);
      }
    },
  });
}

/** Colors of a layer from top to bottom, each with its share of the twelve. */
const partsOf = (theme: Theme): readonly (readonly [string, number])[] => [
  [theme.query, 1],
  [theme.key, 1],
  [theme.value, 1],
  [ramp(theme.background, theme.value)(0.5), 1],
  [theme.mlp, 8],
];

/** Draws what the colors mean, or without a surface only measures it. */
function drawLegend(theme: Theme, width: number, surface?: Surface): {bottom: number} {
  const [query, key, value, projection, mlp] = partsOf(theme).map(([color]) => color);
  const colors = {residual: theme.residual, query, key, value, projection, mlp};
  let [x, y] = [0, LINE / 2];
  for (const [part, name] of PARTS) {
    const room = LINE + name.length * CHARACTER;
    if (x > 0 && x + room > width) [x, y] = [0, y + LINE];
    surface?.rect(x, y - 5, 10, 10, {fill: colors[part]});
    surface?.text(name, x + 15, y, {size: FONT, font: theme.sans, fill: theme.text});
    x += room + GAP;
  }
  return {bottom: y + LINE / 2 + GAP};
}

function drawSize(
  surface: Surface,
  config: GPTConfig,
  x: number,
  y: number,
  scale: number,
  theme: Theme,
): void {
  const {length, height, table} = extentOf(config);
  const [wide, high] = [Math.max(2, length * scale), Math.max(2, height * scale)];
  const start = x + table * scale;
  surface.rect(x, y, table * scale, high, {fill: theme.residual});
  let top = y;
  for (const [fill, share] of partsOf(theme)) {
    surface.rect(start, top, x + wide - start, (share * high) / MATRICES, {fill});
    top += (share * high) / MATRICES;
  }
  if (high <= 2 * MATRICES) return;
  // One path for all layers: pages carry this picture.
  const layers = Array.from({length: config.nLayers}, (_, layer) => {
    const at = start + layer * config.embDim * scale;
    return `M${at.toFixed(1)} ${y.toFixed(1)}V${(y + high).toFixed(1)}`;
  });
  surface.path(layers.join(''), {stroke: theme.background});
}
