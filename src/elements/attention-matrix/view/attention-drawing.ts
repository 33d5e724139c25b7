/** The large matrix as a drawing: its numbers, colors and legend, and as a picture. */
import {decimals, visibleToken} from '../../../ui/base/format.js';
import type {Picture} from '../../../ui/base/gpt-element.js';
import {type ColorScale, signedScale} from '../../../viz/color.js';
import {drawLabeledMatrix, type LabeledMatrix, labeledMatrixSize} from '../../../viz/labeled-matrix.js';
import type {LegendOptions} from '../../../viz/legend.js';
import type {Matrix, MatrixOptions} from '../../../viz/matrix.js';
import {picture} from '../../../viz/picture.js';
import type {Theme} from '../../../viz/theme.js';
import {type AttentionData, headMatrix} from '../data/attention-data.js';
import type {HeadChoice} from '../data/choice.js';
import type {Comparison} from '../data/compare.js';

export type Quantity = 'weights' | 'scores';

export interface AttentionDrawing {
  matrix: Matrix;
  options: Omit<MatrixOptions, 'x' | 'y'>;
  legend: LegendOptions;
}

export const hasScores = ({scores}: AttentionData): boolean => scores.some((layer) => layer !== undefined);

export interface DrawingOptions {
  show: Quantity;
  /** If set, the difference is drawn, whatever `show` is. */
  compared?: Comparison;
  cell: number;
  weightScale: ColorScale;
  theme: Theme;
}

/** Returns the drawing; undefined until the chosen layer is read. */
export function attentionDrawing(
  data: AttentionData,
  {layer, head}: HeadChoice,
  {show, compared, cell, weightScale, theme}: DrawingOptions,
): AttentionDrawing | undefined {
  if (compared) return differenceDrawing(data, compared, cell, theme);
  const asScores = show === 'scores' && hasScores(data);
  const all = (asScores ? data.scores : data.weights)[layer];
  if (!all) return undefined;
  const size = data.tokens.length;
  const print = (value: number): string =>
    asScores ? decimals(value, 1) : decimals(value, 2).replace(/^0/, '');
  const scale = asScores ? scoreScale(all, size, data.causal, theme) : weightScale;
  return {
    matrix: {size, values: headMatrix(all, head, size), causal: data.causal},
    options: {cell, print, scale},
    legend: {
      label: asScores ? 'score: query · key / √D' : 'weight: share of a row’s attention',
      masked: data.causal ? 'masked: the future' : undefined,
    },
  };
}

function differenceDrawing(
  {tokens, causal}: AttentionData,
  compared: Comparison,
  cell: number,
  theme: Theme,
): AttentionDrawing {
  return {
    matrix: {size: tokens.length, values: compared.difference, causal},
    options: {cell, print: (value) => signed(value), scale: differenceScale(compared, theme)},
    legend: {
      label: `weight here minus weight in ${compared.name}`,
      masked: causal ? 'masked: the future' : undefined,
    },
  };
}

/** “+.12”, “−.05”, “0”. */
function signed(value: number): string {
  const text = decimals(Math.abs(value), 2);
  return Number(text) === 0 ? '0' : `${value > 0 ? '+' : '−'}${text.replace(/^0/, '')}`;
}

/** Few ranges, so that the colors of two comparisons mostly mean the same. */
const EXTENTS = [0.05, 0.1, 0.25, 0.5, 1];

function differenceScale({largest}: Comparison, theme: Theme): ColorScale {
  return signedScale(theme, EXTENTS.find((extent) => extent >= Math.abs(largest.value)) ?? 1);
}

/** One range for all heads of a layer, so that they can be compared. */
function scoreScale(scores: Float32Array, size: number, causal: boolean, theme: Theme): ColorScale {
  let extent = 0;
  scores.forEach((score, index) => {
    const masked = causal && index % size > Math.floor(index / size) % size;
    if (!masked && Number.isFinite(score)) extent = Math.max(extent, Math.abs(score));
  });
  return signedScale(theme, extent);
}

export function attentionPicture(
  drawing: AttentionDrawing,
  {tokens}: AttentionData,
  {layer, head}: HeadChoice,
  theme: Theme,
): Picture {
  const labeled: LabeledMatrix = {
    ...drawing,
    title: `Attention, layer ${layer + 1}, head ${head + 1}`,
    labels: tokens.map(visibleToken),
    rowName: 'queries: tokens that look',
    columnName: 'keys: tokens looked at',
  };
  return picture({
    ...labeledMatrixSize(labeled),
    title: labeled.title,
    theme,
    draw: (surface) => drawLabeledMatrix(surface, labeled, theme),
  });
}
