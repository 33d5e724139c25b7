// The site as `npm start` serves it: built once, and again after its sources changed.
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {root, run} from '../run.mjs';
import {vendorWasm} from '../vendor-wasm.mjs';

/** The folder of the built site. */
export const SITE = join(root, 'docs-site/dist');

/** Everything that the build reads, from the repository's root. Tests do not count. */
const SOURCES = [
  'src',
  'docs-site',
  'scripts/prebundled.mjs',
  'scripts/records.mjs',
  'scripts/records',
  'scripts/social.mjs',
  'custom-elements.json',
  'package-lock.json',
  'tsconfig.json',
  'storybook-static/index.html', // the site takes a built Storybook along
];
const NOT_READ = /\.(test|harness)\.ts$|\/(testing|node_modules|dist|\.astro)(\/|$)/;

/** Says which sources a build is of. Astro empties the folder first, so any other build removes it. */
const stamp = join(SITE, '.sources');

/** The files at or below a path, in a fixed order. */
function filesAt(path) {
  if (NOT_READ.test(path) || !existsSync(join(root, path))) return [];
  if (statSync(join(root, path)).isFile()) return [path];
  const names = readdirSync(join(root, path)).sort();
  return names.flatMap((name) => filesAt(`${path}/${name}`));
}

/** The files that the build reads, from the repository's root. */
export const sourceFiles = () => SOURCES.flatMap(filesAt);

function hashOfSources() {
  const hash = createHash('sha256');
  for (const path of sourceFiles()) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

/**
 * Builds the site, unless the present build is of the same sources.
 * @throws {Error} if the build fails
 */
export async function buildSite() {
  vendorWasm();
  const sources = hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  console.log('Building the site …');
  const {code, output} = await run('astro', ['build', '--silent'], {
    cwd: join(root, 'docs-site'),
    env: {ASTRO_TELEMETRY_DISABLED: '1', SITE_BASE: ''},
    quiet: true,
  });
  if (code !== 0) throw new Error(`${output}\nThe site could not be built: see above.`);
  writeFileSync(stamp, sources);
}
