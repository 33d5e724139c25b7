// cspell:disable (a small model spells badly)
/** A run of the experiment with the model that ships, recorded so that the curves can be seen before anything is trained. */
import type {PairedRun} from '../../ui/model/paired-runs.js';
import type {Sides} from './starts-view.js';
import {STARTS_TRAINING} from './two-starts.js';

/** @param losses Of every batch. @param validation Of every evaluation */
function run(losses: string, validation: string, text: string): PairedRun {
  return {
    steps: losses.split(' ').map((loss, i) => ({step: i + 1, loss: Number(loss)})),
    evals: validation
      .split(' ')
      .map((loss, i) => ({step: STARTS_TRAINING.evalInterval * i, validation: {loss: Number(loss)}})),
    text,
  };
}

export const RECORDED: Sides = [
  run(
    '6.42 6.38 6.27 6.16 6.04 5.91 5.81 5.72 5.55 5.43 5.31 5.18 5.04 4.89 4.78 4.67 4.56 4.45 4.33 4.21 ' +
      '4.14 4.04 3.95 3.85 3.74 3.67 3.57 3.54 3.45 3.36 3.26 3.23 3.17 3.12 3.01 2.98 2.91 2.86 2.81 2.76 ' +
      '2.70 2.70 2.62 2.55 2.59 2.52 2.46 2.44 2.41 2.39 2.34 2.30 2.27 2.27 2.20 2.21 2.18 2.19 2.17 2.15 ' +
      '2.12 2.11 2.08 2.04 2.06 2.06 2.02 1.99 2.02 2.02 1.99 2.01 2.00 1.93 1.97 1.97 1.93 1.95 1.93 1.95',
    '6.400 5.336 4.167 3.332 2.766 2.405 2.189 2.072 2.006',
    ' Mia Tim the He�,\nDear Ben. took the lake, Amy found a tiny to a,"|�.l, Sue found a\n gate. "� the',
  ),
  run(
    '5.14 4.23 4.61 4.15 4.24 3.30 3.30 3.44 2.58 2.21 2.43 2.46 2.26 1.67 2.02 1.94 2.04 1.72 1.57 1.50 ' +
      '1.53 1.43 1.48 1.22 1.16 1.15 1.05 1.09 0.98 0.81 0.86 0.86 0.84 0.79 0.70 0.73 0.66 0.66 0.70 0.64 ' +
      '0.62 0.71 0.61 0.51 0.67 0.60 0.57 0.62 0.59 0.61 0.55 0.53 0.57 0.54 0.53 0.51 0.51 0.56 0.57 0.55 ' +
      '0.53 0.52 0.51 0.51 0.51 0.56 0.50 0.51 0.54 0.53 0.49 0.52 0.56 0.47 0.52 0.52 0.47 0.51 0.51 0.50',
    '4.791 2.285 1.421 0.934 0.689 0.642 0.621 0.622 0.627',
    ' Tom found a nice green drum by the gate. He took the drum to Mia. "I like your drum," said Mia. Tom laughed and was glad. Yours',
  ),
];
