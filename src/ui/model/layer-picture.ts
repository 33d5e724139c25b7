/** One head of an attention layer as a picture for export. */
import {shareScale} from '../../viz/color.js';
import {drawLabeledMatrix, type LabeledMatrix, labeledMatrixSize} from '../../viz/labeled-matrix.js';
import {picture} from '../../viz/picture.js';
import type {Theme} from '../../viz/theme.js';
import {decimals, visibleToken} from '../base/format.js';
import type {Picture} from '../export/export.js';
import type {AttentionLayer} from './attention-layer.js';

const CELL = 36;

/** @param head Counted from 0. */
export function headPicture({tokens, layer, heads}: AttentionLayer, head: number, theme: Theme): Picture {
  const size = tokens.length;
  const labeled: LabeledMatrix = {
    title: `Attention weights, layer ${layer + 1}, head ${head + 1}`,
    labels: tokens.map(visibleToken),
    rowName: 'queries: tokens that ask',
    columnName: 'keys: tokens looked at',
    matrix: {size, values: heads[head]!.weights.flatMap((row) => Array.from(row)), causal: true},
    options: {
      cell: CELL,
      scale: shareScale(theme),
      print: (value) => decimals(value, 2).replace(/^0\./, '.'),
    },
    legend: {
      label: 'weight: share of a row’s attention',
      masked: 'masked: the future',
    },
  };
  return picture({
    ...labeledMatrixSize(labeled),
    title: labeled.title,
    theme,
    draw: (surface) => drawLabeledMatrix(surface, labeled, theme),
  });
}
