// Writing a whole context with the same weights: the decode plan and ONNX Runtime Web take turns. Both must write the same.
import {firstLine, notRun} from '../group.mjs';
import {median} from '../run-race.mjs';

const NAMES = ['plan', 'onnx', 'onnxWasm'];
const ROUNDS = 5;
const ORT = 'bench/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify';

/** @type {import('../group.mjs').Group} */
export const decodeRace = {
  name: 'decode-race',
  about: 'planned decoding beside ONNX Runtime Web, in turns',
  slow: true,
  figures: {
    'decode.speedup.onnx': {},
    'decode.speedup.onnxWasm': {}, // ONNX Runtime on one CPU thread: no GPU at all
    'decode.peers.onnx.msPerToken': {unit: 'ms'},
    'decode.peers.onnx.dispatchesPerToken': {},
    'decode.peers.onnx.submitsPerToken': {},
    'decode.peers.onnxWasm.msPerToken': {unit: 'ms'},
  },
  run: ({inPage}) =>
    inPage('bench/measure/decode-race.ts', race, {
      assets: {
        'ort/ort-wasm-simd-threaded.asyncify.mjs': `${ORT}.mjs`,
        'ort/ort-wasm-simd-threaded.asyncify.wasm': `${ORT}.wasm`,
      },
    }),
};

async function race(tab) {
  const rounds = Object.fromEntries(NAMES.map((name) => [name, []]));
  const out = {};
  for (let round = 0; round <= ROUNDS; round++)
    for (const name of NAMES) {
      if (out[name]) continue;
      try {
        const written = await tab.call('write', name);
        rounds[name].push(written);
        const expected = rounds.plan[0].ids;
        const apart = written.ids.findIndex((id, i) => id !== expected[i]);
        if (apart >= 0)
          out[name] = `void: its token ${apart} is ${written.ids[apart]}, the plan's ${expected[apart]}`;
      } catch (error) {
        if (name === 'plan') throw error;
        out[name] = `failed: ${firstLine(error)}`;
      }
    }
  const timed = (name) => rounds[name].slice(1); // the first compiles
  const ms = (name) => median(timed(name).map(({msPerToken}) => msPerToken));
  // Each with the plan's of the same round: what else the machine does changes between them.
  const ratios = (name) => timed(name).map(({msPerToken}, i) => msPerToken / timed('plan')[i].msPerToken);
  const figures = {};
  for (const name of NAMES.slice(1)) {
    const answer = (value) => (out[name] ? notRun(out[name]) : value());
    figures[`decode.speedup.${name}`] = answer(() => median(ratios(name)));
    figures[`decode.peers.${name}.msPerToken`] = answer(() => ms(name));
  }
  const perToken = (count) =>
    out.onnx ? notRun(out.onnx) : count(timed('onnx')[0]) / rounds.plan[0].ids.length;
  figures['decode.peers.onnx.dispatchesPerToken'] = perToken(({calls}) => calls.dispatches);
  figures['decode.peers.onnx.submitsPerToken'] = perToken(({calls}) => calls.submits);
  const details = Object.fromEntries(
    NAMES.map((name) => [name, {msPerToken: timed(name).map(({msPerToken}) => msPerToken)}]),
  );
  return {figures, details: {...details, tokens: rounds.plan[0].ids}};
}
