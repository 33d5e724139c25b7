/** What a drawing writes, and what it should write: by place. */
import {decimals, percent} from '../../../ui/base/format.js';
import type {ShapeStyle, Surface} from '../../../viz/surface.js';
import {type ArchitectureData, headRow, rowOf} from '../data/architecture-data.js';
import type {Box} from '../layout/map-layout.js';
import type {NarrowLayout} from '../layout/narrow.js';
import type {WideLayout} from '../layout/wide.js';

export interface Written {
  /** What it is: `h.0.mlp.hidden[3, 17]`. */
  what: string;
  /** Absent: anywhere right of `from`. */
  x?: number;
  from?: number;
  /** Absent: anywhere between the edges of `within`. */
  y?: number;
  within?: {top: number; bottom: number};
  text: string;
}

/** A surface that remembers only texts and lines. */
export class TextSurface implements Surface {
  readonly width = 0;
  readonly height = 0;
  readonly texts: {text: string; x: number; y: number}[] = [];
  readonly lines: ShapeStyle[] = [];

  line(_x1: number, _y1: number, _x2: number, _y2: number, style: ShapeStyle): void {
    this.lines.push(style);
  }

  text(text: string, x: number, y: number): void {
    this.texts.push({text, x, y});
  }
  clip(_x: number, _y: number, _width: number, _height: number, draw: () => void): void {
    draw();
  }
  rect(): void {}
  path(): void {}
  hatch(): void {}
  grid(): void {}

  /** Returns what is written at a place. */
  at({x, from = 0, y, within}: Written): string[] {
    const isNear = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6;
    return this.texts
      .filter((one) => (x === undefined ? one.x > from : isNear(one.x, x)))
      .filter((one) => (y === undefined ? one.y >= within!.top && one.y <= within!.bottom : isNear(one.y, y)))
      .map(({text}) => text);
  }
}

const TILE_ROWS = 4;

/** The numbers of a vector, written into its tile: read like a text in four lines. */
function ofTile(data: ArchitectureData, name: string, token: number, box: Box): Written[] {
  const values = Array.from(rowOf(data, name, token));
  const across = Math.ceil(values.length / TILE_ROWS);
  return values.map((value, i) => ({
    what: `${name}[${token}, ${i}]`,
    x: box.x + ((i % across) + 0.5) * (box.width / across),
    y: box.y + (Math.floor(i / across) + 0.5) * (box.height / TILE_ROWS),
    text: decimals(value, 2),
  }));
}

const rounded = (share: number): string => `${Math.round(100 * share)}`;
const share = (probability: number): string => (probability < 0.001 ? '< 0.1 %' : percent(probability));

/** The candidates’ shares, right of their bars. */
const ofCandidates = (data: ArchitectureData, chosen: number, rows: readonly Box[]): Written[] =>
  rows.slice(0, data.stream.at(-1)!.guesses[chosen]!.length).map(({x, y, height}, i) => ({
    what: `probs[${chosen}], candidate ${i}`,
    from: x,
    y: y + height / 2,
    text: share(data.stream.at(-1)!.guesses[chosen]![i]!.probability),
  }));

/** Every number of the forward pass that a wide map has room for at the largest factor. */
export function numbersOfWide(data: ArchitectureData, layout: WideLayout, chosen: number): Written[] {
  const {lanes, wte, wpe, blocks, candidates} = layout;
  const T = data.tokens.length;
  return [
    ...lanes.flatMap(({token, parts: {y, height}}) => {
      const box = ({x, width}: {x: number; width: number}): Box => ({x, y, width, height});
      return [
        ...ofTile(data, 'embed.token', token, box(wte)),
        ...ofTile(data, 'embed.position', token, box(wpe)),
        ...blocks.flatMap(({layer, heads, mlp}) => [
          ...ofTile(data, `h.${layer}.mlp.hidden`, token, box(mlp!)),
          ...heads!.flatMap(({x, width}, head) =>
            Array.from({length: token + 1}, (_, key) => ({
              what: `h.${layer}.attn.probs[${head}, ${token}, ${key}]`,
              x: x + (key + 0.5) * (width / T),
              // Of the chosen token a number stands at the end of its bar.
              ...(token === chosen ? {within: {top: y, bottom: y + height}} : {y: y + height / 2}),
              text: rounded(headRow(data, layer, head, token)[key]!),
            })),
          ),
        ]),
      ];
    }),
    ...ofCandidates(data, chosen, candidates),
  ];
}

/** Every number of the forward pass that a narrow map has room for at the largest factor. */
export const numbersOfNarrow = (data: ArchitectureData, layout: NarrowLayout, chosen: number): Written[] => [
  ...ofTile(data, 'embed.token', chosen, layout.wte),
  ...ofTile(data, 'embed.position', chosen, layout.wpe),
  ...layout.blocks.flatMap(({layer, mlp}) => ofTile(data, `h.${layer}.mlp.hidden`, chosen, mlp)),
  ...ofCandidates(data, chosen, layout.candidates),
];
