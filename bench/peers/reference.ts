/** This library's reference step: plain tfjs operations over flat arenas, with some gradients written by hand. */
import {tensor1d, variable} from '@tensorflow/tfjs-core';
import {initialArena} from '../../src/model/init.js';
import {parameterLayout} from '../../src/model/parameters.js';
import {decayMask} from '../../src/training/adamw.js';
import {DEFAULT_TRAINING} from '../../src/training/options.js';
import {ReferenceStepper} from '../../src/training/reference-stepper.js';
import {CONFIG, SEED, settings} from '../measure/config.js';
import type {Contestant} from './contestant.js';
import {useWebGpu} from './tfjs-device.js';

export async function openReference(): Promise<Contestant> {
  await useWebGpu();
  const layout = parameterLayout(CONFIG);
  const arena = (numbers: Float32Array) => variable(tensor1d(numbers));
  const zeros = new Float32Array(layout.length);
  const arenas = {theta: arena(initialArena(CONFIG, SEED)), m: arena(zeros), v: arena(zeros)};
  const stepper = new ReferenceStepper({config: CONFIG, layout, arenas, decay: tensor1d(decayMask(layout))});
  return {
    async step(batch, step) {
      const chosen = settings(step);
      const input = {
        batch,
        step,
        learningRate: chosen.learningRate,
        options: {...DEFAULT_TRAINING, ...chosen},
        dropout: {rate: 0, key: 0},
      };
      return (await (await stepper.begin(input, () => true))()).loss;
    },
  };
}
