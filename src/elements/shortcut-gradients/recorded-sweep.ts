// Written by scripts/experiments/shortcut-sweep.mjs (Node 20.20.2). Do not edit.
import type {SweptDepth} from '../../math/depth-sweep.js';

/**
 * Median length of the gradient of the first layer's weights over the seeds 1 to 20: width 16, batch 8, GELU, weights from a normal
 * distribution of variance 1 / (3 · width), as `randomStack` draws them.
 */
export const RECORDED_SWEEP: readonly SweptDepth[] = [
  {layers: 2, with: 0.8766, without: 0.1429},
  {layers: 3, with: 1.149, without: 0.04045},
  {layers: 4, with: 1.696, without: 0.01171},
  {layers: 6, with: 3.254, without: 0.0009356},
  {layers: 8, with: 7.159, without: 0.00008198},
  {layers: 12, with: 44.98, without: 4.996e-7},
  {layers: 16, with: 286.7, without: 3.878e-9},
  {layers: 24, with: 7985, without: 1.929e-13},
  {layers: 32, with: 424500, without: 1.085e-17},
  {layers: 48, with: 453300000, without: 1.766e-26},
  {layers: 64, with: 779100000000, without: 2.947e-35},
  {layers: 96, with: 990600000000000000, without: 5.852e-53},
];
