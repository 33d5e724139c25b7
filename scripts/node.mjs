// A newer Node for the programs that need one (Astro, vitest, Web Test Runner), where the present one is too old.
// It is a package of its own (scripts/node), so that nobody downloads it without need.
import {copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {root, run} from './run.mjs';

/** Astro, puppeteer and vitest ask for at least this version. */
const NEEDED = [22, 12];

const folder = join(root, 'scripts/node');
const windows = process.platform === 'win32';

const isNewEnough = (version) => {
  const [major, minor] = version.match(/\d+/g)?.map(Number) ?? [0, 0];
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
};

/**
 * Downloads Node for a platform, once.
 * @returns {Promise<string | undefined>} the program's path; undefined if there is no package for the platform
 */
export async function downloadNode(platform = process.platform, arch = process.arch) {
  const name = platform === 'win32' ? 'node-win' : `node-${platform}`;
  const program = join(
    folder,
    'node_modules',
    `${name}-${arch}`,
    'bin',
    platform === 'win32' ? 'node.exe' : 'node',
  );
  if (!existsSync(program)) {
    console.log(`Installing Node for ${platform} ${arch} (npm ci in scripts/node) …`);
    await run(
      'npm',
      ['ci', `--os=${platform}`, `--cpu=${arch}`, '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd: folder,
      },
    );
  }
  return existsSync(program) ? program : undefined;
}

/**
 * Makes sure that the packages' programs run on a Node that is new enough. A downloaded one becomes
 * node_modules/.bin/node, which npm and scripts/run.mjs put first in the PATH.
 * @throws {Error} if this machine's Node is too old and there is no package with another one for it
 */
export async function installNode() {
  const {output} = await run('node', ['--version'], {quiet: true});
  if (isNewEnough(output)) return;
  const program = await downloadNode();
  if (!program)
    throw new Error(
      `The test runner and the site need Node ${NEEDED.join('.')} or newer, and this machine has ${output.trim()}. ` +
        'Please install a newer one from https://nodejs.org and try again.',
    );
  const bin = join(root, 'node_modules/.bin');
  const link = join(bin, windows ? 'node.exe' : 'node');
  mkdirSync(bin, {recursive: true});
  rmSync(link, {force: true});
  if (windows) copyFileSync(program, link);
  else symlinkSync(program, link);
}
