// Records the first states of the figures of a built site. The library is TypeScript: bundled for Node first.
//   node scripts/records.mjs <folder of the site> [<path that it is served from>]
import {mkdirSync, rmSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {rolldown} from 'rolldown';
import {root, run} from './run.mjs';

const BUNDLE = join(root, 'node_modules/.cache/gpt-elements-records');

/** Text is worked on in the recorder's own thread: Node starts no worker from the sources. */
const inThisThread = {
  name: 'text-in-this-thread',
  resolveId: (id) =>
    id.endsWith('/page/text-client.js') ? join(root, 'scripts/records/text-client.ts') : undefined,
};

async function bundle() {
  rmSync(BUNDLE, {recursive: true, force: true});
  mkdirSync(BUNDLE, {recursive: true});
  const made = await rolldown({
    input: {site: join(root, 'scripts/records/site.ts')},
    platform: 'node',
    tsconfig: join(root, 'tsconfig.json'),
    logLevel: 'warn',
    plugins: [inThisThread],
    transform: {target: 'es2022'},
  });
  await made.write({
    dir: BUNDLE,
    format: 'esm',
    entryFileNames: '[name].mjs',
    codeSplitting: false, // then nothing waits for files
  });
  await made.close();
}

/**
 * @param {string} site the folder of the built site
 * @param {string} base the folder that it is served from
 * @throws {Error} if a figure cannot be recorded
 */
export async function recordSite(site, base) {
  await bundle();
  const {code} = await run('node', [join(BUNDLE, 'site.mjs'), root, site, base]);
  if (code !== 0) throw new Error('The first states of the figures could not be recorded: see above.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [site, base = '/'] = process.argv.slice(2);
  await recordSite(resolve(site), base);
}
