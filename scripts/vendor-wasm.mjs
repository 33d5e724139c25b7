// Lays tfjs's WebAssembly binaries beside the engine's worker, where `new URL('./x.wasm', import.meta.url)`
// finds them in every server and bundler alike. Git ignores the copies.
import {copyFileSync, existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';

const target = new URL('../src/engine/', import.meta.url).pathname;
if (existsSync(target)) {
  const source = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'])
    copyFileSync(join(source, 'dist', name), join(target, name));
}
