/** Makes an SVG small enough to stand in a page, without changing how it looks. */

/** Attributes that elements inherit. */
const INHERITED = [
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'xml:space',
];

const CELLS = /(?:<rect x="[\d.-]+" y="[\d.-]+" width="[\d.]+" height="[\d.]+" fill="[^"]+"\/>\s*){3,}/g;
const CELL = /<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)" fill="([^"]+)"\/>/g;

interface Run {
  x: number;
  y: number;
  width: number;
  height: number;
  fill: string;
}

/** Pixels: neighbors are this close. */
const NEAR = 0.06;

/** Neighbors of one color in a row become one rectangle. */
function runsOf(cells: string): Run[] {
  const runs: Run[] = [];
  for (const [, ...found] of cells.matchAll(CELL)) {
    const [x, y, width, height] = found.slice(0, 4).map(Number) as [number, number, number, number];
    const fill = found[4]!;
    const last = runs.at(-1);
    const isNext =
      last?.fill === fill &&
      last.y === y &&
      last.height === height &&
      Math.abs(last.x + last.width - x) < NEAR;
    if (isNext) last.width = x + width - last.x;
    else runs.push({x, y, width, height, fill});
  }
  return runs;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Cells in a row become one path for each color. */
function joinCells(svg: string): string {
  return svg.replace(CELLS, (cells) => {
    const paths = new Map<string, string>();
    for (const {x, y, width, height, fill} of runsOf(cells)) {
      const w = tenth(width);
      const d = `M${tenth(x)} ${tenth(y)}h${w}v${tenth(height)}h-${w}z`;
      paths.set(fill, `${paths.get(fill) ?? ''}${d}`);
    }
    return [...paths].map(([fill, d]) => `<path fill="${fill}" d="${d}"/>`).join('');
  });
}

/** Of each attribute that is inherited, the most frequent value moves to the root. */
function inherit(svg: string): string {
  let body = svg;
  let root = '';
  for (const name of INHERITED) {
    const counts = new Map<string, number>();
    for (const [text] of body.matchAll(new RegExp(` ${name}="[^"]*"`, 'g')))
      counts.set(text, (counts.get(text) ?? 0) + 1);
    const [most] = [...counts].sort(([, a], [, b]) => b - a);
    if (!most) continue;
    body = body.replaceAll(most[0], '');
    root += most[0];
  }
  return body.replace('<svg', `<svg${root}`);
}

/** A tenth of a pixel is fine enough to look at. */
const round = (svg: string): string =>
  svg.replace(/ (?:d|points|x\d?|y\d?|cx|cy|r|width|height|transform)="[^"]*"/g, (attribute) =>
    attribute.replace(/\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10)),
  );

const POLYLINE = /(?<= d=")M(-?[\d.]+)[ ,](-?[\d.]+)((?:L-?[\d.]+[ ,]-?[\d.]+){4,})(?=")/g;

/** Points of a line become steps from one to the next, which are shorter and more alike. In tenths, so that no error adds up. */
const relative = (svg: string): string =>
  svg.replace(POLYLINE, (_, x: string, y: string, rest: string) => {
    let [left, top] = [Math.round(10 * Number(x)), Math.round(10 * Number(y))];
    const steps = [...rest.matchAll(/L(-?[\d.]+)[ ,](-?[\d.]+)/g)].map(([, toX, toY]) => {
      const [right, bottom] = [Math.round(10 * Number(toX)), Math.round(10 * Number(toY))];
      const step = `${(right - left) / 10} ${(bottom - top) / 10}`;
      [left, top] = [right, bottom];
      return step;
    });
    return `M${x} ${y}l${steps.join(' ').replaceAll(' -', '-')}`;
  });

export const compact = (svg: string): string => inherit(relative(round(joinCells(svg))));
