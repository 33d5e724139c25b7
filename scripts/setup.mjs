// Makes a fresh clone ready: the packages, and a Chromium for the tests.
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {findBrowser} from './browser.mjs';
import {root, run} from './run.mjs';

const json = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

const lists = (folder) => ({
  wanted: json(join(folder, 'package-lock.json')).packages,
  // npm writes this list last, so an interrupted install has none.
  present: existsSync(join(root, folder, 'node_modules/.package-lock.json'))
    ? json(join(folder, 'node_modules/.package-lock.json')).packages
    : {},
});

/** Whether node_modules holds what package-lock.json names. */
const isInstalled = ({wanted, present}) =>
  Object.entries(wanted)
    .filter(([path, {link}]) => path.includes('node_modules/') && !link)
    .every(([path, {version, optional, devOptional}]) =>
      present[path] ? present[path].version === version : optional || devOptional,
    );

/**
 * Installs packages with `npm ci`, if any is missing.
 * @param {{folder?: string}} options `folder` has the package.json
 * @throws {Error} if `npm ci` fails
 */
export async function installPackages({folder = ''} = {}) {
  if (isInstalled(lists(folder))) return;
  console.log(`Installing packages (npm ci${folder && ` in ${folder}`}) …`);
  const options = ['--no-audit', '--no-fund', '--loglevel=error'];
  const {code} = await run('npm', ['ci', ...options], {cwd: join(root, folder)});
  if (code !== 0) throw new Error('`npm ci` failed: see above. Nothing else can run without the packages.');
}

const elevated =
  process.getuid?.() === 0 ? [] : ['sudo', ...(process.stdin.isTTY ? [] : ['--non-interactive'])];

/** How a system installs a Chromium, in the order tried. */
const WAYS = [
  {
    platform: 'linux',
    tool: 'apt-get',
    commands: [
      [...elevated, 'apt-get', 'update', '-qq'],
      [...elevated, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    ],
  },
  {platform: 'linux', tool: 'dnf', commands: [[...elevated, 'dnf', 'install', '-y', 'chromium']]},
  {platform: 'linux', tool: 'pacman', commands: [[...elevated, 'pacman', '-Sy', '--noconfirm', 'chromium']]},
  {platform: 'darwin', tool: 'brew', commands: [['brew', 'install', '--cask', 'google-chrome']]},
  {
    platform: 'win32',
    tool: 'winget',
    commands: [
      [
        ...['winget', 'install', '--exact', '--id', 'Google.Chrome', '--silent'],
        ...['--accept-package-agreements', '--accept-source-agreements'],
      ],
    ],
  },
  {platform: process.platform, tool: 'playwright', commands: [['playwright', 'install', 'chromium']]},
];

/** Finds a Chromium, or installs one by the means the system has. */
export async function installBrowser() {
  if (findBrowser()) return;
  console.log('The tests run in Chromium, and none was found: installing one.');
  const tried = [];
  for (const {platform, tool, commands} of WAYS) {
    if (platform !== process.platform) continue;
    if ((await run(tool, ['--version'], {quiet: true})).code !== 0) continue; // this system has no such tool
    console.log(`With ${tool} …`);
    for (const [command, ...args] of commands) if ((await run(command, args)).code !== 0) break;
    if (findBrowser()) return;
    tried.push(tool);
  }
  throw new Error(
    `No Chromium was found, and none could be installed (tried: ${tried.join(', ') || 'nothing fits this system'}). ` +
      'Please install Chromium or Google Chrome, or name one: CHROME_PATH=/path/to/chrome npm test',
  );
}
