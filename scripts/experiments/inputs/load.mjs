// The modules of a checkout, bundled for Node and loaded.
import {existsSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {rolldown} from 'rolldown';
import {root} from '../../run.mjs';

/** Where each module is, in the newest revision first. */
const MODULES = [
  [['candidates'], 'src/training/sample.ts'],
  [['normalizeConfig', 'ConfigError'], 'src/model/config.ts'],
  [['parameterLayout'], 'src/model/parameters.ts'],
  [['mergeTraining'], 'src/engine/worker/training-options.ts', 'src/engine/training-options.ts'],
  [['DEFAULT_TRAINING'], 'src/training/options.ts'],
  [['globalNorm'], 'src/training/adamw.ts'],
  [['loadTiktoken'], 'src/tokenizers/tiktoken.ts'],
  [['fromVocabAndMerges', 'toVocabAndMerges'], 'src/tokenizers/bpe/files.ts'],
  [['trainBPE'], 'src/tokenizers/bpe/train.ts'],
  [['readSafetensors', 'writeSafetensors', 'SafetensorsError'], 'src/checkpoint/safetensors.ts'],
  [['registerWasmKernels'], 'src/model/wasm-kernels.ts'],
];

/** The wasm backend's loader expects a CommonJS module in Node. */
const EMSCRIPTEN =
  "import * as ofNode from 'node:module'; const require = ofNode.createRequire(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;";

/** @param {string} checkout its folder, with packages installed */
export async function load(checkout) {
  const lines = MODULES.map(([names, ...paths]) => {
    const path = paths.find((path) => existsSync(join(checkout, path)));
    return `export {${names.join(', ')}} from ${JSON.stringify(join(checkout, path))};`;
  });
  lines.push(`export {ready, setBackend, tensor1d, tidy} from '@tensorflow/tfjs-core';`);
  lines.push(`export {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';`);
  const entry = join(checkout, 'src/experiment-of-inputs.ts'); // is never written: bare imports are resolved from here
  const bundle = await rolldown({
    input: entry,
    platform: 'node',
    tsconfig: join(checkout, 'tsconfig.json'),
    resolve: {mainFields: ['module', 'main']},
    logLevel: 'silent',
    transform: {target: 'es2022'},
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? entry : undefined),
        load: (id) => (id === entry ? lines.join('\n') : undefined),
      },
    ],
  });
  const folder = join(root, 'node_modules/.cache/gpt-elements');
  mkdirSync(folder, {recursive: true});
  const file = join(folder, `inputs-${process.pid}.mjs`);
  await bundle.write({file, format: 'esm', codeSplitting: false, banner: EMSCRIPTEN});
  const library = await import(pathToFileURL(file).href);
  library.setWasmPaths(`${join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`);
  library.registerWasmKernels();
  await library.setBackend('wasm');
  await library.ready();
  return library;
}
