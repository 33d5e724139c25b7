import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {root, run} from '../run.mjs';

/** Runs a command line in a folder, with the programs that were installed there. */
export async function shell(command, folder, env = {}) {
  const path = [join(folder, 'node_modules/.bin'), join(folder, 'python/bin'), process.env.PATH].join(
    delimiter,
  );
  const {code, output} = await run('sh', ['-c', `PATH="${path}"; ${command}`], {
    cwd: folder,
    quiet: true,
    env: {CI: '1', NEXT_TELEMETRY_DISABLED: '1', ...env},
  });
  if (code !== 0) throw new Error(`${command}: ${output.slice(-2000)}`);
  return output;
}

const version = (folder, name) =>
  JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;

/** The name in a specifier such as `@types/react@19`. */
const nameOf = (specifier) => specifier.replace(/(?<=.)@[^@]*$/, '');

/**
 * Installs a host in an empty folder, checks and builds it.
 * @param {string} tarball The packed library.
 * @returns The folder, the folder to serve, and the versions of what was installed.
 */
export async function prepare(
  {files, packages = [], python, check = [], build = [], site, library},
  tarball,
) {
  const folder = mkdtempSync(join(tmpdir(), `host-${files}-`));
  cpSync(join(root, 'scripts/hosts', files), folder, {recursive: true});
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
  await shell(
    `npm install --no-audit --no-fund --loglevel=error ${[tarball, ...packages].join(' ')}`,
    folder,
  );
  const versions = Object.fromEntries(packages.map(nameOf).map((name) => [name, version(folder, name)]));
  if (python) {
    await shell(`python3 -m venv python && pip install --quiet ${python.join(' ')}`, folder);
    const list = JSON.parse(await shell('pip list --format json --disable-pip-version-check', folder));
    for (const {name, version} of list) if (python.includes(name)) versions[name] = version;
  }
  if (library) {
    mkdirSync(join(folder, library), {recursive: true});
    cpSync(join(folder, 'node_modules/gpt-elements/dist'), join(folder, library), {recursive: true});
  }
  for (const command of [...check, ...build]) await shell(command, folder);
  const served = site && join(folder, site);
  if (served && !existsSync(served)) throw new Error(`The build left no folder ${site}.`);
  return {folder, site: served, versions};
}
