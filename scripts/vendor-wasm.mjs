// Lays tfjs's WebAssembly binaries beside the engine's worker, where `new URL('./x.wasm', import.meta.url)`
// finds them in every server and bundler alike. Git ignores the copies. npm runs this after every install.
import {copyFileSync, existsSync, statSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

// The third of tfjs's binaries, with threads, is never asked for (docs/decisions/0008-one-wasm-thread.md).
export const WASM = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

const engine = fileURLToPath(new URL('../src/engine/', import.meta.url));

export function vendorWasm(target = engine) {
  if (!existsSync(target)) return; // the published package has no src
  const source = dirname(
    createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'),
  );
  for (const name of WASM) {
    const [from, to] = [join(source, 'dist', name), join(target, name)];
    // Not again while a server may be reading it.
    if (!existsSync(to) || statSync(to).size !== statSync(from).size) copyFileSync(from, to);
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) vendorWasm();
