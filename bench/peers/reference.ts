/** This library's reference step: plain tfjs operations over flat arenas, with some gradients written by hand. */
import {initialArena} from '../../src/model/init.js';
import {ModelArenas} from '../../src/training/arenas.js';
import {DEFAULT_TRAINING} from '../../src/training/options.js';
import {ReferenceStepper} from '../../src/training/reference-stepper.js';
import {nextTokenLoss} from '../../src/training/tasks/language.js';
import {CONFIG, SEED, settings} from '../measure/config.js';
import type {Contestant} from './contestant.js';
import {useWebGpu} from './tfjs-device.js';

export async function openReference(): Promise<Contestant> {
  await useWebGpu();
  const arenas = new ModelArenas(CONFIG, initialArena(CONFIG, SEED));
  const stepper = new ReferenceStepper({
    config: CONFIG,
    task: {loss: nextTokenLoss, tuning: {}, isPlannable: true},
    arenas,
  });
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
