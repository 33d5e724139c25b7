// Makes one file of the Node bench, with everything it needs but Dawn.
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {rolldown} from 'rolldown';
import {root} from '../scripts/run.mjs';
import {oneTfjs} from './one-tfjs.mjs';

/** Where npm `webgpu` has Dawn for a platform. */
export function dawnNode(platform = process.platform, arch = process.arch) {
  const {resolve} = createRequire(import.meta.url);
  const folder = `${platform}-${platform === 'darwin' ? 'universal' : arch}`;
  return join(dirname(resolve('webgpu')), 'dist', folder, 'dawn.node');
}

export async function bundleNodeBench(file) {
  const made = await rolldown({
    input: join(root, 'bench/node-main.mjs'),
    platform: 'node',
    tsconfig: join(root, 'tsconfig.json'),
    resolve: {alias: oneTfjs, mainFields: ['module', 'main']}, // tfjs's own modules, once: its files for Node would come a second time
    logLevel: 'warn',
    transform: {target: 'es2022'},
  });
  await made.write({file, format: 'esm', codeSplitting: false, comments: {legal: false}});
}
