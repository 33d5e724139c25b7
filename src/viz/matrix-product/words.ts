/** The words and numbers of a scene, and where they stand: as text of the page, or drawn into a picture. */
import {textOn} from '../color.js';
import type {Surface} from '../surface.js';
import type {Theme} from '../theme.js';
import {type BlockLayout, type BoardLayout, hasLabels, type Rect, TITLE} from './layout.js';
import {isLater} from './paint.js';
import {
  ARITHMETIC_LINE,
  arithmeticRoom,
  type Bars,
  barsTop,
  linesOf,
  type ProductBlock,
  type Role,
  roomForBars,
  type Scene,
  stackOf,
} from './scene.js';
import {BAND, placeOf, stretchOf} from './track.js';

/** A piece of text in its box, in the middle of its height. */
export interface Word extends Rect {
  readonly text: string;
  readonly kind: 'title' | 'shape' | 'label' | 'term' | 'band' | 'later' | 'bar' | 'between';
  readonly align?: 'start' | 'middle' | 'end';
  /** `turned`: by 45° to the upper right around the box's lower left corner. `upright`: by 90°. */
  readonly turn?: 'turned' | 'upright';
  readonly role?: Role;
  readonly isStrong?: boolean;
}

/** A narrower block has no room for its shape, and one of less than twice this for its symbols. */
const ROOM_FOR_SHAPE = 56;
/** Blocks up to this size have all their numbers in the page. */
const MOST_NUMBERS = 150;
/** A character of a number, 12 pixels high, and the space around a number. */
const CHARACTER = 7.3;
const NUMBER_HEIGHT = 15;
const LINE = 16;

/** Splits a name such as `W_q` into base and subscript. */
export const splitName = ({text, kind}: Word): readonly [base: string, subscript?: string] =>
  kind === 'title' && /_.$/.test(text) ? [text.slice(0, -2), text.at(-1)!] : [text];

/** Whether all numbers of a block are in the page; of a larger one, only the highlighted cell is. */
export const isSmall = ({print, values}: ProductBlock): boolean =>
  print !== undefined && values.length * values[0]!.length <= MOST_NUMBERS;

/** Whether numbers are readable in the cells of a block. */
export function hasNumbers(block: ProductBlock, {columns, rows}: BlockLayout): boolean {
  if (!isSmall(block)) return false;
  const longest = Math.max(...block.values.flatMap((row) => Array.from(row, (v) => block.print!(v).length)));
  return columns.cell >= longest * CHARACTER + 2 && rows.cell >= NUMBER_HEIGHT;
}

/** Returns all words of a scene but its arithmetic and the numbers in cells. */
export function wordsOf(scene: Scene, layout: BoardLayout): Word[] {
  const {blocks, bars, between = {}} = scene;
  return [
    ...Object.entries(layout.blocks).flatMap(([id, at]) => blockWords(scene, blocks[id]!, at, layout)),
    ...(bars && layout.blocks[bars.block] ? barWords(scene, bars, layout) : []),
    ...termWords(scene, layout),
    ...Object.entries(between).flatMap(([column, text]) => wordsBetween(scene, Number(column), text, layout)),
  ];
}

function blockWords(scene: Scene, block: ProductBlock, at: BlockLayout, layout: BoardLayout): Word[] {
  const {x, y, width, height, isAbove} = at;
  const role = isLater(block) ? undefined : block.role;
  const shape = `[${block.values.length}, ${block.values[0]?.length ?? 0}]`;
  const top = isAbove ? y - (hasLabels(block) ? layout.columnLabels : 0) - TITLE : y + height + 4;
  const words: Word[] = [{kind: 'title', text: block.title, x, y: top, width, height: LINE, role}];
  if (width >= ROOM_FOR_SHAPE)
    words.push({
      kind: 'shape',
      text: width < 2 * ROOM_FOR_SHAPE ? shape : `${block.symbols} = ${shape}`,
      x,
      y: top + LINE,
      width,
      height: LINE - 1,
    });
  const later: Word = {kind: 'later', text: block.later ?? '', align: 'middle', ...rect(at)};
  if (block.empty) return [...words, later];
  if (block.pale) words.push(later);
  return [...words, ...labels(scene, block, at, layout), ...bands(at)];
}

const rect = ({x, y, width, height}: Rect): Rect => ({x, y, width, height});

function labels(
  {axes, blocks, highlighted, row: followed}: Scene,
  block: ProductBlock,
  at: BlockLayout,
  {rowLabels, columnLabels, turned}: BoardLayout,
): Word[] {
  const {role, pieceLabels = [], pieceRoles} = block;
  const rows = block.rowLabels ? axes[block.rows]!.labels : undefined;
  const columns = block.columnLabels ? axes[block.columns]!.labels : undefined;
  const product = highlighted && blocks[highlighted.block];
  const isFactor = (side: 'left' | 'right'): boolean =>
    product?.product !== undefined && blocks[product.product[side]] === block;
  const strongRow = block === product || isFactor('left') ? highlighted!.row : undefined;
  const strongColumn = block === product || isFactor('right') ? highlighted!.column : undefined;
  const words: Word[] = [];
  for (const {index, at: top} of rows ? at.rows.entries : [])
    words.push({
      kind: 'label',
      text: rows![index]!,
      align: block.rowLabels === 'left' ? 'end' : 'start',
      x: block.rowLabels === 'left' ? at.x - rowLabels : at.x + at.width + 6,
      y: at.y + top,
      width: rowLabels - 6,
      height: at.rows.cell,
      role,
      isStrong: index === strongRow || (!at.isAbove && index === followed),
    });
  for (const {index, at: left} of columns ? at.columns.entries : [])
    words.push({
      kind: 'label',
      text: columns![index]!,
      role,
      isStrong: index === strongColumn,
      ...(turned
        ? {turn: 'turned', x: at.x + left + at.columns.cell / 2 - 4, y: at.y - LINE, width: 0, height: LINE}
        : {
            align: 'middle',
            x: at.x + left,
            y: at.y - columnLabels,
            width: at.columns.cell,
            height: columnLabels,
          }),
    });
  for (const [n, text] of pieceLabels.entries()) {
    const size = axes[block.columns]!.size / pieceLabels.length;
    const [start, width] = stretchOf(at.columns, n * size, (n + 1) * size) ?? [0, 0];
    const y = at.y - columnLabels;
    words.push({
      kind: 'label',
      text,
      align: 'middle',
      role: pieceRoles?.[n],
      x: at.x + start,
      y,
      width,
      height: columnLabels,
    });
  }
  return words;
}

/** How many entries each band hides, where it is wide enough to say so. */
function bands({x, y, width, height, rows, columns}: BlockLayout): Word[] {
  const word = (hidden: number, box: Rect, turn?: Word['turn']): Word => ({
    kind: 'band',
    text: `${hidden} more`,
    align: 'middle',
    turn,
    ...box,
  });
  return [
    ...(columns.band < BAND ? [] : columns.bands).map(({at, hidden}) =>
      word(hidden, {x: x + at, y, width: BAND, height}, 'upright'),
    ),
    ...(rows.band < BAND ? [] : rows.bands).map(({at, hidden}) =>
      word(hidden, {x, y: y + at, width, height: BAND}),
    ),
  ];
}

/** The numbers of the bars, and what they are. */
function barWords(scene: Scene, bars: Bars, layout: BoardLayout): Word[] {
  const {bottom, full} = roomForBars(scene, bars, layout);
  const {x, width, columns} = layout.blocks[bars.block]!;
  const unit = columns.cell < 34 ? '' : ' %';
  return [
    {kind: 'title', text: bars.title, x, y: barsTop(scene, bars, layout), width, height: LINE},
    ...bars.values.flatMap((share, index): Word[] => {
      const left = placeOf(columns, index);
      if (left === undefined) return [];
      return [
        {
          kind: 'bar',
          text: `${Math.round(100 * share)}${unit}`,
          align: 'middle',
          role: 'attention',
          isStrong: true,
          x: x + left - 8,
          y: bottom - Math.max(1, share * full) - LINE,
          width: columns.cell + 15,
          height: LINE,
        },
      ];
    }),
  ];
}

/** The terms of the highlighted cell, each in line with its row of the right factor, where rows are high enough. */
function termWords(scene: Scene, layout: BoardLayout): Word[] {
  const stack = stackOf(scene, layout);
  if (!stack?.factors) return [];
  const {terms, rows, y, factors} = stack;
  const {left, right} = scene.blocks[scene.highlighted!.block]!.product!;
  const two = (value: number): string => value.toFixed(2).replace('-', '−');
  return rows.entries.flatMap(({index, at}) => {
    const word = {kind: 'term', align: 'end', y: y + at, height: rows.cell} as const;
    return [
      {...word, ...factors[0], text: two(terms.left[index]!), role: scene.blocks[left]!.role},
      {...word, ...factors[1], text: `× ${two(terms.right[index]!)}`, role: scene.blocks[right]!.role},
    ];
  });
}

function wordsBetween(
  {columns, row = 0}: Scene,
  column: number,
  text: string,
  {spaces, line, blocks}: BoardLayout,
): Word[] {
  const below = columns[column]?.below;
  const block = below === undefined ? undefined : blocks[below];
  const before = spaces[column - 1];
  if (!block || !before) return [];
  const x = before.x + before.width;
  const y = line + (placeOf(block.rows, row) ?? 0);
  const box = {kind: 'between', align: 'middle', x, width: block.x - x} as const;
  return [
    {...box, text, y: y - 8, height: LINE},
    {...box, text: '→', y: y + 8, height: LINE},
  ];
}

const ANCHORS = {start: 0, middle: 0.5, end: 1} as const;

/** Draws what the page writes as text: words, arithmetic, and the numbers in cells. */
export function drawWords(surface: Surface, scene: Scene, layout: BoardLayout, theme: Theme): void {
  const mono = {size: 12, font: theme.mono};
  for (const word of wordsOf(scene, layout)) {
    const {text, kind, x, y, width, height, align = 'start', turn, role, isStrong} = word;
    const isMuted = kind === 'shape' || kind === 'band' || kind === 'later';
    const fill = role ? theme[role] : isMuted ? theme.muted : theme.text;
    const font = kind === 'title' || kind === 'later' ? {size: 13, font: theme.sans} : mono;
    const style = {...font, fill, weight: isStrong || kind === 'title' ? 700 : 400, anchor: align};
    const [base, subscript] = splitName(word);
    if (turn === 'turned') surface.text(text, x + 2, y + height, {...style, rotate: -45, baseline: 'bottom'});
    else if (turn) surface.text(text, x + width / 2, y + height / 2, {...style, rotate: 90});
    else surface.text(base, x + ANCHORS[align] * width, y + height / 2, style);
    if (subscript) surface.text(subscript, x + 13, y + height / 2 + 4, {...style, size: 10});
  }
  const {x: start, y: top} = arithmeticRoom(scene, layout) ?? {x: 2, y: layout.height};
  for (const [n, text] of linesOf(scene, layout).entries())
    surface.text(text, start, top + 9 + ARITHMETIC_LINE * n, {
      ...(n ? mono : {size: 13, font: theme.sans}),
      fill: theme.text,
    });
  for (const [id, at] of Object.entries(layout.blocks)) {
    const block = scene.blocks[id]!;
    if (!isLater(block) && hasNumbers(block, at)) drawNumbers(surface, block, at, theme);
  }
}

function drawNumbers(
  surface: Surface,
  {values, print, masked, only, scale}: ProductBlock,
  {x, y, rows, columns}: BlockLayout,
  theme: Theme,
): void {
  for (const row of rows.entries)
    for (const column of columns.entries) {
      if (masked?.(row.index, column.index) || (only !== undefined && row.index !== only)) continue;
      const value = values[row.index]![column.index]!;
      surface.text(print!(value), x + column.at + columns.cell / 2, y + row.at + rows.cell / 2, {
        fill: textOn(scale.color(value), theme),
        size: 12,
        font: theme.mono,
        anchor: 'middle',
      });
    }
}
