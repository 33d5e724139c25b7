/**
 * One token's attention on one drawing: its query above the keys, how well each key matches, the weight that follows
 * from it, and each value as thick as its weight. Query and keys share their columns, so that a match can be seen.
 */
import type {Attention, Matrix} from '../../math/attention.js';
import {decimals, percent} from '../../ui/base/format.js';
import {signedScale} from '../../viz/color.js';
import type {Surface, TextStyle} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';

export interface GlanceData {
  tokens: readonly string[];
  /** The index of the token that asks. */
  query: number;
  /** The key whose match is taken apart. */
  highlighted: number;
  /** [T, D] each. */
  q: Matrix;
  k: Matrix;
  v: Matrix;
  attention: Attention;
  /** Whether scores are divided by √D. */
  isScaled: boolean;
  /** The end of the color scale of queries, keys and values. */
  extent: number;
  /** Leaves out what follows from the scores: shares and values. */
  withoutShares: boolean;
}

/** More tokens than this, and only those with the largest shares are drawn. */
const MOST_KEYS = 12;
const [STRIP, TERMS, TITLE] = [20, 46, 18];
/** A key's row, in pixels: the least, and the most where there is room. */
const ROW = [26, 40] as const;
const WIDEST = 1100;
const NARROW = 640;

export interface GlanceLayout {
  width: number;
  height: number;
  isNarrow: boolean;
  /** The tokens that have a row, in the order of the text. */
  keys: readonly number[];
  label: number;
  /** The height of a key's row. */
  row: number;
  /** Left end and width of each column. */
  columns: Record<'keys' | 'match' | 'share' | 'values', {x: number; width: number}>;
  /** Upper ends. */
  query: number;
  terms: number;
  heads: number;
  rows: number;
  context: number;
}

/**
 * Returns where everything stands.
 * @param available Pixels from left to right
 * @param room Pixels from top to bottom that it may fill
 */
export function layOutGlance(
  {tokens, query, attention}: GlanceData,
  available: number,
  room: number,
): GlanceLayout {
  const width = Math.min(WIDEST, available);
  const isNarrow = width < NARROW;
  const shares = attention.weights[query]!;
  const keys = Array.from(tokens.keys())
    .sort((a, b) => shares[b]! - shares[a]! || b - a)
    .slice(0, MOST_KEYS)
    .sort((a, b) => a - b);
  const longest = Math.max(...keys.map((key) => tokens[key]!.length), tokens[query]!.length);
  const label = Math.min(isNarrow ? 52 : 96, longest * 7.5 + 8);
  const gap = isNarrow ? 8 : 28;
  const [match, share] = isNarrow ? [56, 62] : [130, 130];
  const strip = Math.max(24, (width - label - match - share - 3 * gap) / 2);
  const keysAt = label;
  const matchAt = keysAt + strip + gap;
  const shareAt = matchAt + match + gap;
  const rows = TITLE + STRIP + TERMS + 2 * TITLE;
  const rest = rows + TITLE + 4 + STRIP + 4;
  const row = Math.max(ROW[0], Math.min(ROW[1], Math.floor((room - rest) / keys.length)));
  const context = rows + keys.length * row + TITLE + 4;
  return {
    width,
    height: context + STRIP + 4,
    isNarrow,
    keys,
    label,
    row,
    columns: {
      keys: {x: keysAt, width: strip},
      match: {x: matchAt, width: match},
      share: {x: shareAt, width: share},
      values: {x: shareAt + share + gap, width: strip},
    },
    query: TITLE,
    terms: TITLE + STRIP,
    heads: rows - TITLE,
    rows,
    context,
  };
}

/** The key whose row is at a height; undefined above and below the rows. */
export const glanceKeyAt = ({keys, rows, row}: GlanceLayout, y: number): number | undefined =>
  keys[Math.floor((y - rows) / row)];

export function drawGlance(surface: Surface, data: GlanceData, layout: GlanceLayout, theme: Theme): void {
  const {tokens, query, highlighted, k, v, attention, extent, withoutShares} = data;
  const {columns, isNarrow, keys, row, rows} = layout;
  const scale = signedScale(theme, extent);
  const words = (fill: string, more: Partial<TextStyle> = {}): TextStyle => ({
    fill,
    size: 12,
    font: theme.sans,
    ...more,
  });
  const mono = (fill: string, more: Partial<TextStyle> = {}): TextStyle =>
    words(fill, {font: theme.mono, ...more});
  const strip = (values: ArrayLike<number>, x: number, y: number, width: number, height: number): void =>
    surface.grid(
      x,
      y,
      width / values.length,
      values.length,
      Array.from(values, (value) => scale.color(value)),
      height,
    );

  drawQuery(surface, data, layout, theme, words, mono, strip);

  const head = (text: string, x: number, fill: string): void =>
    surface.text(text, x, layout.heads + TITLE / 2 - 2, words(fill, {weight: 600}));
  head(isNarrow ? 'keys' : 'keys: what each can be found by', columns.keys.x, theme.key);
  head('match', columns.match.x, theme.text);
  if (!withoutShares) {
    head(isNarrow ? 'weight' : 'weight (softmax)', columns.share.x, theme.attention);
    head(isNarrow ? 'values' : 'values: what each passes on', columns.values.x, theme.value);
  }

  const scores = attention.scores[query]!;
  const shares = attention.weights[query]!;
  const asked = keys.filter((key) => key <= query);
  const most = Math.max(...asked.map((key) => Math.abs(scores[key]!))) || 1;
  const largest = Math.max(...asked.map((key) => shares[key]!)) || 1;
  const numbers = isNarrow ? 0 : 40;
  keys.forEach((key, i) => {
    const y = rows + i * row;
    const middle = y + row / 2;
    const top = y + (row - STRIP) / 2;
    const isHighlighted = key === highlighted;
    if (isHighlighted) surface.rect(0, y, layout.width, row, {fill: theme.hover});
    surface.text(
      tokens[key]!,
      columns.keys.x - 8,
      middle,
      mono(key > query ? theme.muted : theme.key, {anchor: 'end', weight: isHighlighted ? 700 : 400}),
    );
    if (key > query) {
      surface.hatch(`M${columns.keys.x} ${top}H${layout.width}v${STRIP}H${columns.keys.x}Z`, {
        stroke: theme.masked,
        spacing: 6,
      });
      return;
    }
    strip(k[key]!, columns.keys.x, top, columns.keys.width, STRIP);
    const {x, width} = columns.match;
    const room = width - numbers;
    const middleX = x + room / 2;
    const length = (room / 2) * (Math.abs(scores[key]!) / most);
    surface.rect(scores[key]! < 0 ? middleX - length : middleX, top + 4, Math.max(1, length), STRIP - 8, {
      fill: scores[key]! < 0 ? theme.negative : theme.positive,
    });
    surface.line(middleX, y, middleX, y + row, {stroke: theme.muted});
    if (!isNarrow)
      surface.text(decimals(scores[key]!, 2), x + width, middle, mono(theme.text, {anchor: 'end'}));
    if (withoutShares) return;
    const share = columns.share;
    const shareRoom = share.width - (isNarrow ? 34 : 44);
    surface.rect(share.x, top + 2, Math.max(1, (shareRoom * shares[key]!) / largest), STRIP - 4, {
      fill: theme.attention,
    });
    surface.text(
      percent(shares[key]!),
      share.x + share.width,
      middle,
      mono(theme.attention, {anchor: 'end', weight: isHighlighted ? 700 : 400}),
    );
    const thickness = Math.max(1, (STRIP * shares[key]!) / largest);
    strip(v[key]!, columns.values.x, middle - thickness / 2, columns.values.width, thickness);
  });

  const left = tokens.length - keys.length;
  if (left > 0) {
    const rest = 1 - keys.reduce((sum, key) => sum + shares[key]!, 0);
    surface.text(
      `${left} more ${left === 1 ? 'token' : 'tokens'}${withoutShares ? '' : `, ${percent(Math.max(0, rest))} together`}`,
      columns.keys.x,
      rows + keys.length * row + TITLE / 2 + 2,
      words(theme.muted),
    );
  }
  if (withoutShares) return;
  const {x, width} = columns.values;
  surface.text(
    isNarrow ? 'added up' : `added up: what ${tokens[query]} gets`,
    x,
    layout.context - TITLE / 2,
    words(theme.value, {weight: 600}),
  );
  strip(attention.context[query]!, x, layout.context, width, STRIP);
  surface.path(`M${x} ${layout.context}h${width}v${STRIP}h${-width}Z`, {stroke: theme.value});
}

/** The query above the columns of the keys; below it, each of its numbers times the highlighted key's. */
function drawQuery(
  surface: Surface,
  {tokens, query, highlighted, q, k, attention, isScaled}: GlanceData,
  layout: GlanceLayout,
  theme: Theme,
  words: (fill: string, more?: Partial<TextStyle>) => TextStyle,
  mono: (fill: string, more?: Partial<TextStyle>) => TextStyle,
  strip: (values: ArrayLike<number>, x: number, y: number, width: number, height: number) => void,
): void {
  const {columns, isNarrow} = layout;
  const {x, width} = columns.keys;
  surface.text(`query: what ${tokens[query]} looks for`, x, TITLE / 2 - 2, words(theme.query, {weight: 600}));
  surface.text(
    tokens[query]!,
    x - 8,
    layout.query + STRIP / 2,
    mono(theme.query, {anchor: 'end', weight: 700}),
  );
  strip(q[query]!, x, layout.query, width, STRIP);
  surface.path(`M${x} ${layout.query}h${width}v${STRIP}h${-width}Z`, {stroke: theme.query});
  if (highlighted > query) return;

  const terms = Array.from(q[query]!, (value, d) => value * k[highlighted]![d]!);
  const most = Math.max(...terms.map(Math.abs)) || 1;
  const axis = layout.terms + TERMS / 2;
  const cell = width / terms.length;
  surface.text(isNarrow ? '×' : `× ${tokens[highlighted]}`, x - 8, axis, mono(theme.key, {anchor: 'end'}));
  surface.line(x, axis, x + width, axis, {stroke: theme.muted});
  terms.forEach((term, d) => {
    const length = (TERMS / 2 - 4) * (Math.abs(term) / most);
    surface.rect(x + d * cell + 1, term < 0 ? axis : axis - length, Math.max(1, cell - 2), length, {
      fill: term < 0 ? theme.negative : theme.positive,
    });
  });
  const sum = terms.reduce((total, term) => total + term, 0);
  const score = attention.scores[query]![highlighted]!;
  const said = isScaled
    ? `${decimals(sum, 2)} / √${terms.length} = ${decimals(score, 2)}`
    : `= ${decimals(score, 2)}`;
  const {x: at} = columns.match;
  if (!isNarrow) surface.text('same color: up, other: down. Added up:', at, axis - 9, words(theme.muted));
  surface.text(said, at, isNarrow ? axis : axis + 9, mono(theme.text));
}

/** A row of the drawing in words. */
export function glanceInWords({tokens, query, attention, withoutShares}: GlanceData, key: number): string {
  if (key > query) return `${tokens[key]}: comes later, masked`;
  const match = `${tokens[key]}: match ${decimals(attention.scores[query]![key]!, 2)}`;
  return withoutShares ? match : `${match}, weight ${percent(attention.weights[query]![key]!)}`;
}
