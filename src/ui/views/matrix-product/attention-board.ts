import type {Attention, Matrix} from '../../../math/attention.js';
import {argMax} from '../../../math/largest.js';
import {shareScale, signedScale} from '../../../viz/color.js';
import type {ProductBlock, ProductCell, Scene} from '../../../viz/matrix-product/scene.js';
import type {Theme} from '../../../viz/theme.js';
import {decimals} from '../../base/format.js';

/** Below this width a stage shows only the matrices that it is about. */
export const WIDE_BOARD = 700;

/** Pixels between a factor and its product: for the arrow of the sum, and the names of columns. */
const JOINT = 28;

/** So few tokens leave room for large cells. */
const FEW = 6;

export const ATTENTION_STAGES = ['scores', 'weights', 'context'] as const;
export type AttentionStage = (typeof ATTENTION_STAGES)[number];

/** A factor of attention: [T, D]. */
export interface AttentionFactor {
  values: Matrix;
  title: string;
  /** What it is called with rows and columns exchanged. Default: the title with ᵀ. */
  titleTransposed?: string;
  /** How its rows are called: “query”. */
  noun: string;
}

export interface AttentionBoardInput {
  tokens: readonly string[];
  q: AttentionFactor;
  k: AttentionFactor;
  v: AttentionFactor;
  attention: Attention;
  /** Whether the future is masked. */
  causal: boolean;
  scoresTitle: string;
  /** How far the chain has been computed. */
  stage: AttentionStage;
  /** The token whose row is followed; the rows of the others are pale. */
  query: number;
  /** What is written over what later steps compute: it is pale, or an empty frame if it has to be guessed. */
  laterSteps?: {weights: string; context: string; areHidden: boolean};
  /** Names of the D numbers of a vector. */
  dimensions?: readonly string[];
  /** All rows at once. */
  all?: boolean;
  /** Shows only the matrices that the stage is about, at any width. */
  focused?: boolean;
  /** The ends of the scales of vectors and of scores. */
  extents: {vectors: number; scores: number};
  theme: Theme;
  width: number;
}

export const transpose = (rows: Matrix): number[][] =>
  Array.from({length: rows[0]!.length}, (_, column) => rows.map((row) => row[column]!));

/** q · kᵀ → scores → softmax → weights · v → context, in one row: a token's row keeps its height all the way. */
export function attentionBoard(input: AttentionBoardInput): Scene {
  const {
    tokens,
    q,
    k,
    v,
    attention,
    causal,
    stage,
    query,
    all = false,
    focused = false,
    extents,
    theme,
    width,
    scoresTitle,
    laterSteps,
    dimensions,
  } = input;
  const isRoomy = width >= WIDE_BOARD;
  const wide = isRoomy && (all || !focused);
  const reached = (one: AttentionStage): boolean =>
    all || ATTENTION_STAGES.indexOf(one) <= ATTENTION_STAGES.indexOf(stage);
  const later = (one: AttentionStage): Pick<ProductBlock, 'empty' | 'pale'> => {
    const isHidden = laterSteps?.areHidden ?? true;
    return {empty: !reached(one) && isHidden, pale: !reached(one) && !isHidden};
  };
  const masked = causal ? (row: number, column: number): boolean => column > row : undefined;
  const only = all ? undefined : query;
  const vectors = signedScale(theme, extents.vectors);
  const component = (name: string, row: number, column: number): string =>
    `${name} of ${tokens[row]}, ${dimensions?.[column] ?? `number ${column + 1}`}`;
  const first = wide ? 'q' : ({scores: 'q', weights: 'scores', context: 'weights'} as const)[stage];
  const left = (id: string): 'left' | undefined => (id === first ? 'left' : undefined);
  const [T, D] = [tokens.length, q.values[0]!.length];
  const isSmall = T <= FEW;
  const named = dimensions !== undefined;
  const print = (value: number): string => decimals(value, 2);
  const factor = ({values, title, noun}: AttentionFactor, role: 'query' | 'key' | 'value'): ProductBlock => ({
    rows: 'T',
    columns: 'D',
    title,
    symbols: '[T, D]',
    label: `The ${noun} of each token, ${T} rows of ${D} numbers`,
    role,
    values,
    scale: vectors,
    print,
    nameOf: (row, column) => component(noun, row, column),
  });
  const pairs = (
    values: Matrix,
  ): Pick<ProductBlock, 'rows' | 'columns' | 'symbols' | 'values' | 'masked' | 'only'> => ({
    rows: 'T',
    columns: 'T',
    symbols: '[T, T]',
    values,
    masked,
    only,
  });
  const finite = attention.scores.map((row) => row.map((score) => (Number.isFinite(score) ? score : 0)));
  const kT = transpose(k.values);
  const blocks: Record<string, ProductBlock> = {
    q: {...factor(q, 'query'), rowLabels: left('q'), columnLabels: named},
    k: {
      ...factor(k, 'key'),
      rows: 'D',
      columns: 'T',
      title: k.titleTransposed ?? `${k.title}ᵀ`,
      symbols: '[D, T]',
      rowLabels: named ? 'left' : undefined,
      values: kT,
      columnLabels: true,
      nameOf: (row, column) => component(k.noun, column, row),
    },
    scores: {
      ...pairs(finite),
      title: wide || stage === 'scores' ? scoresTitle : 'scores',
      label: `Scores of ${T} queries with ${T} keys`,
      scale: signedScale(theme, extents.scores),
      print: (value) => decimals(value, isSmall && wide ? 2 : 1),
      nameOf: (row, column) => `${tokens[row]} asks ${tokens[column]}`,
      product: first === 'q' ? {left: 'q', right: 'k'} : undefined,
      rowLabels: left('scores'),
      columnLabels: first === 'scores',
    },
    weights: {
      ...pairs(attention.weights),
      title: 'weights',
      label: `Attention weights of ${T} tokens, softmax of each row of scores`,
      role: 'attention',
      scale: shareScale(theme),
      print: (value) => print(value).replace(/^0/, isRoomy ? '0' : ''),
      nameOf: (row, column) => `${tokens[row]} takes from ${tokens[column]}`,
      madeOf: first === 'weights' ? undefined : 'scores',
      ...later('weights'),
      later: laterSteps?.weights,
      rowLabels: left('weights'),
      columnLabels: true,
    },
    v: {
      ...factor(v, 'value'),
      ...later('context'),
      rowLabels: isRoomy ? 'left' : undefined,
      columnLabels: named,
    },
    context: {
      ...factor({values: attention.context, title: 'context', noun: 'context'}, 'value'),
      role: undefined,
      only,
      product: {left: 'weights', right: 'v'},
      ...later('context'),
      later: laterSteps?.context,
    },
  };
  const columns = {
    q: {below: 'q'},
    scores: {above: 'k', below: 'scores'},
    weights: {below: 'weights', gap: isRoomy ? 64 : 52},
    context: {above: 'v', below: 'context'},
  };
  const shown = wide
    ? [columns.q, columns.scores, columns.weights, columns.context]
    : {
        scores: [columns.q, columns.scores],
        weights: [{below: 'scores'}, columns.weights],
        context: [{below: 'weights'}, columns.context],
      }[stage];
  const at = shown.findIndex(({below}) => below === 'weights');
  const used = new Set(shown.flatMap((column) => Object.values(column)));
  return {
    axes: {
      T: {size: T, labels: tokens, across: [10, isSmall ? 72 : 48], down: [20, 26]},
      D: {
        size: D,
        labels: dimensions,
        most: isRoomy || stage === 'scores' ? D : 12,
        across: [
          isSmall && D <= 4 ? 10 : isRoomy ? 6 : 5,
          D <= 4 ? 72 : D <= 8 || (isRoomy && !wide) ? 24 : 13,
        ],
        down: [6, D <= 4 ? 30 : 24],
      },
    },
    blocks: Object.fromEntries(Object.entries(blocks).filter(([id]) => used.has(id))),
    columns: shown,
    heights: [isRoomy ? 200 : 130, 280],
    joint: JOINT,
    head: shown.some((column) => 'above' in column) ? 62 : 190,
    between: at > 0 && reached('weights') ? {[at]: 'softmax'} : {},
    bars:
      stage === 'weights' && at >= 0
        ? {
            block: 'weights',
            values: attention.weights[query]!,
            title: `${tokens[query]} looks at …`,
          }
        : undefined,
    row: query,
  };
}

/** The cell that a stage is about until the reader points at another one: the asking token's largest. */
export function firstCell(stage: AttentionStage, {weights, context}: Attention, query: number): ProductCell {
  const row = stage === 'context' ? context[query]! : weights[query]!;
  return {block: stage, row: query, column: indexOfLargest(row)};
}

/** The index of the number that is furthest from 0. */
export function indexOfLargest(row: ArrayLike<number>): number {
  const sizes = Array.from(row, Math.abs);
  return argMax(sizes);
}
