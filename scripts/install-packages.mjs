// Installs the packages of the repository where some are missing.
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root, run} from './run.mjs';

const json = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

const lists = (folder) => ({
  wanted: json(join(folder, 'package-lock.json')).packages,
  // npm writes this list last, so an interrupted install has none.
  present: existsSync(join(root, folder, 'node_modules/.package-lock.json'))
    ? json(join(folder, 'node_modules/.package-lock.json')).packages
    : {},
});

/** Whether node_modules holds what package-lock.json names; `dev`: the development tools too. */
const isInstalled = ({wanted, present}, dev) =>
  Object.entries(wanted)
    .filter(([path, {link, dev: tool}]) => path.includes('node_modules/') && !link && (dev || !tool))
    .every(([path, {version, optional, devOptional}]) =>
      present[path] ? present[path].version === version : optional || devOptional,
    );

/**
 * Installs packages with `npm ci`, if any is missing.
 * @param {{folder?: string, dev?: boolean}} options `folder` has the package.json; without `dev` the packages that only
 *   development needs are left out, unless some are already installed
 * @throws {Error} if `npm ci` fails
 */
export async function installPackages({folder = '', dev = true} = {}) {
  const {wanted, present} = lists(folder);
  const all = dev || Object.values(present).some((entry) => entry.dev);
  if (isInstalled({wanted, present}, all)) return;
  console.log(`Installing packages (npm ci${folder && ` in ${folder}`}) …`);
  const options = [...(all ? [] : ['--omit=dev']), '--no-audit', '--no-fund', '--loglevel=error'];
  const {code} = await run('npm', ['ci', ...options], {cwd: join(root, folder)});
  if (code !== 0) throw new Error('`npm ci` failed: see above. Nothing else can run without the packages.');
}
