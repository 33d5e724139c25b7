// Bundles a TypeScript file of this repository for Node and imports it.
import {basename, join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {rolldown} from 'rolldown';
import {root} from './run.mjs';

/** @param {string} input the file, from the repository's root. @returns {Promise<Record<string, any>>} what it exports */
export async function importForNode(input) {
  const made = await rolldown({
    input: join(root, input),
    platform: 'node',
    tsconfig: join(root, 'tsconfig.json'),
    resolve: {mainFields: ['module', 'main']}, // one tfjs: its files for Node would come a second time
    logLevel: 'warn',
    transform: {target: 'es2022'},
  });
  // Below node_modules, for the packages that stay imports.
  const file = join(root, 'node_modules/.cache/gpt-elements', basename(input).replace(/\.ts$/, '.mjs'));
  await made.write({file, format: 'esm', codeSplitting: false, comments: {legal: false}});
  return import(pathToFileURL(file).href);
}
