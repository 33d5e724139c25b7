// The training step of this library and of others, taking turns in one browser.
import {atLeast} from '../group.mjs';
import {runRace} from '../run-race.mjs';

const NAMES = ['plan', 'jaxjs', 'reference', 'stock', 'genai'];
const JAX =
  'tiles of 32 × 16 instead of 16 × 16 would do, but compile so long that the first step misses its 3 s';

/** Timed rounds: the slowest contestants take some 20 s a step on a software adapter. */
const ROUNDS = 3;

const ofPeers = (figure, description = {}) =>
  Object.fromEntries(NAMES.slice(1).map((name) => [`train.peers.${name}.${figure}`, description]));

/** @type {import('../group.mjs').Group} */
export const race = {
  name: 'race',
  about: 'the planned step beside jax-js, stock tfjs and genai-fi, in turns',
  slow: true,
  figures: {
    'train.speedup.stock': {timed: true, target: atLeast(20)},
    'train.speedup.jaxjs': {timed: true, target: atLeast(4.5, {whyNot: JAX})},
    'train.speedup.genai': {timed: true, target: atLeast(27)},
    'train.speedup.reference': {}, // this library's own, of which the plan is the fast form
    ...ofPeers('nullDispatchMs', {unit: 'ms'}),
    ...ofPeers('dispatchesPerStep'),
    ...ofPeers('submitsPerStep'),
  },
  run: ({inPage}) =>
    inPage('bench/measure/race-here.ts', (here) =>
      inPage('bench/measure/race-genai.ts', (apart) => {
        const tab = (name) => (name === 'genai' ? apart : here);
        return runRace({
          names: NAMES,
          otherModels: ['genai'],
          rounds: ROUNDS,
          lap: (name, step) => tab(name).call('lap', name, step),
          emptied: (name, steps) => tab(name).call('emptied', name, steps),
        });
      }),
    ),
};
