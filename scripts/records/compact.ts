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

/** Cells in a row become one path for each color. */
function joinCells(svg: string): string {
  return svg.replace(CELLS, (cells) => {
    const paths = new Map<string, string>();
    for (const [, x, y, width, height, fill] of cells.matchAll(CELL))
      paths.set(fill!, `${paths.get(fill!) ?? ''}M${x} ${y}h${width}v${height}h-${width}z`);
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

export const compact = (svg: string): string => inherit(joinCells(round(svg)));
