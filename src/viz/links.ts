/** Links between two columns of the same tokens: from the one that asks, on the left, to the one asked, on the right. */
import type {ColorScale} from './color.js';
import type {Matrix} from './matrix.js';
import {isMasked} from './matrix.js';
import type {Surface} from './surface.js';
import type {Theme} from './theme.js';

export interface TokenLink {
  query: number;
  key: number;
  value: number;
}

/** The links of at least `threshold`, weakest first, so that the strong ones are drawn over them. */
export function strongLinks(
  matrix: Matrix,
  threshold: number,
  wanted: (query: number, key: number) => boolean = () => true,
): TokenLink[] {
  const links: TokenLink[] = [];
  const {size, values} = matrix;
  for (let query = 0; query < size; query++)
    for (let key = 0; key < size; key++) {
      const value = values[query * size + key]!;
      if (Math.abs(value) >= threshold && !isMasked(matrix, query, key) && wanted(query, key))
        links.push({query, key, value});
    }
  return links.sort((a, b) => Math.abs(a.value) - Math.abs(b.value));
}

export interface LinksOptions {
  x?: number;
  y?: number;
  /** Height of a token's line, and the width between the columns. */
  row: number;
  width: number;
  scale: ColorScale;
}

const THINNEST = 0.75;
const THICKEST = 6;

/** Each link a curve, as thick and as colored as it is strong. */
export function drawLinks(surface: Surface, links: readonly TokenLink[], options: LinksOptions): void {
  const {x = 0, y = 0, row, width, scale} = options;
  const extent = Math.max(...scale.domain.map(Math.abs));
  for (const {query, key, value} of links) {
    const [from, to] = [y + (query + 0.5) * row, y + (key + 0.5) * row];
    const share = Math.min(1, Math.abs(value) / extent);
    surface.path(`M${x} ${from}C${x + width * 0.4} ${from} ${x + width * 0.6} ${to} ${x + width} ${to}`, {
      stroke: scale.color(value),
      lineWidth: THINNEST + (Math.min(THICKEST, row * 0.6) - THINNEST) * share,
    });
  }
}

export interface LabeledLinks {
  title: string;
  labels: readonly string[];
  links: readonly TokenLink[];
  options: LinksOptions;
}

const MARGIN = 16;
const TITLE = 52;
const FONT = 12;

const labelSpace = (labels: readonly string[]): number =>
  Math.max(...labels.map((label) => label.length)) * FONT * 0.62 + 8;

export function labeledLinksSize({labels, options}: LabeledLinks): {width: number; height: number} {
  return {
    width: 2 * MARGIN + 2 * labelSpace(labels) + options.width,
    height: 2 * MARGIN + TITLE + labels.length * options.row,
  };
}

/** Links that stand by themselves, for export: title, what the columns are, tokens, curves. */
export function drawLabeledLinks(surface: Surface, drawing: LabeledLinks, theme: Theme): void {
  const {title, labels, links, options} = drawing;
  const [x, y] = [MARGIN + labelSpace(labels), MARGIN + TITLE];
  const right = x + options.width;
  surface.text(title, MARGIN, MARGIN + 8, {fill: theme.text, size: 14, weight: 600, font: theme.sans});
  const axis = {size: 11, font: theme.sans} as const;
  surface.text('queries', x - 8, y - 10, {...axis, fill: theme.query, anchor: 'end'});
  surface.text('keys', right + 8, y - 10, {...axis, fill: theme.key});
  drawLinks(surface, links, {...options, x, y});
  labels.forEach((label, i) => {
    const middle = y + (i + 0.5) * options.row;
    const size = Math.min(FONT, options.row * 0.9);
    surface.text(label, x - 8, middle, {fill: theme.query, size, font: theme.mono, anchor: 'end'});
    surface.text(label, right + 8, middle, {fill: theme.key, size, font: theme.mono});
  });
}
