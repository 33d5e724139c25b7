/** The matrix products of each step, laid out as scenes. */
import {arithmeticOf} from '../../ui/views/matrix-product/arithmetic.js';
import {
  ATTENTION_STAGES,
  type AttentionBoardInput,
  attentionBoard,
  firstCell,
  indexOfLargest,
  WIDE_BOARD,
} from '../../ui/views/matrix-product/attention-board.js';
import {
  type ProjectionInput,
  projectionBoard,
  ROLE_OF,
} from '../../ui/views/matrix-product/projection-board.js';
import type {ProductCell, Scene} from '../../viz/matrix-product/scene.js';
import type {Theme} from '../../viz/theme.js';
import type {Shown} from './shown.js';
import {ALL_AT_ONCE, COMPARE, PROJECT} from './steps.js';
import {PARTS, ROLES, type Role} from './words.js';

export interface SceneView {
  /** Whose arithmetic the step of projections shows. */
  projection: Role;
  /** Which head of the layer it is. */
  headIndex: number;
  /** The cell that the reader points at. */
  pointed: ProductCell | undefined;
  extents: ProjectionInput['extents'] & AttentionBoardInput['extents'];
  theme: Theme;
  /** CSS pixels. */
  width: number;
}

/** The product of a step, with a cell of it highlighted and the sum behind that cell. */
export function sceneOf(shown: Shown, step: number, view: SceneView): Scene {
  const {attention, query, width, head, unscaled} = shown;
  const {pointed} = view;
  const stage = ATTENTION_STAGES[Math.min(step, ALL_AT_ONCE - 1) - COMPARE]!;
  const board =
    step === PROJECT ? projections(shown, view) : attentionOf(shown, view, stage, step === ALL_AT_ONCE);
  const part = PARTS[ROLES.indexOf(view.projection)]!;
  const highlighted =
    pointed && board.blocks[pointed.block]
      ? pointed
      : step === PROJECT
        ? {block: part, row: query, column: indexOfLargest(head[part][query]!)}
        : firstCell(stage, attention, query);
  const scene = {...board, row: query, highlighted};
  const of = step === PROJECT ? PARTS.find((one) => one === highlighted.block) : undefined;
  const bias = of && head.bias?.[of][highlighted.column];
  const root = unscaled ? undefined : {value: Math.sqrt(width), text: `√${width}`};
  return {
    ...scene,
    arithmetic: arithmeticOf(scene, {bias, root, attention}),
  };
}

/** x · W = q, k and v side by side; where there is no room, only the chosen one. */
function projections({layer, tokens, width}: Shown, view: SceneView): Scene {
  const isWide = view.width >= WIDE_BOARD;
  const parts = PARTS.filter((part) => isWide || ROLE_OF[part] === view.projection);
  const C = layer.width;
  return {
    ...projectionBoard({
      layer,
      tokens,
      projections: parts.map((part) => ({
        id: part,
        titles: [`W_${part}`, {q: 'queries q', k: 'keys k', v: 'values v'}[part]],
        symbol: 'D',
        pieces: [[part, view.headIndex]],
      })),
      axes: {
        T: {across: [20, 44], down: [20, 28]},
        C: {most: 24, across: [5, C <= 8 ? 24 : 10], down: [6, 24]},
        D: {across: [isWide ? 6 : 5, width <= 4 ? 44 : width <= 8 ? 24 : 12], down: [6, 24]},
      },
      extents: view.extents,
      theme: view.theme,
    }),
    heights: [isWide ? 200 : 130, 280],
    head: 62,
  };
}

function attentionOf(
  {head, attention, tokens, query, unscaled}: Shown,
  {extents, theme, width}: SceneView,
  stage: (typeof ATTENTION_STAGES)[number],
  all: boolean,
): Scene {
  return attentionBoard({
    tokens,
    query,
    extents,
    theme,
    width,
    q: {values: head.q, title: 'queries q', noun: 'query'},
    k: {values: head.k, title: 'keys k', noun: 'key'},
    v: {values: head.v, title: 'values v', noun: 'value'},
    attention,
    causal: true,
    scoresTitle: unscaled ? 'scores q · kᵀ' : 'scores q · kᵀ / √D',
    stage,
    all,
    focused: true,
  });
}
