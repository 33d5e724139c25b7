// Makes a fresh clone ready: the packages, and a Chromium for the tests.
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {findBrowser} from './browser.mjs';
import {root, run} from './run.mjs';

const json = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** Whether node_modules holds what package-lock.json names. npm writes its own list last, so half an install has none. */
function packagesInstalled() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const wanted = json('package-lock.json').packages;
  const present = json('node_modules/.package-lock.json').packages;
  return Object.entries(wanted)
    .filter(([path, {link}]) => path.includes('node_modules/') && !link)
    .every(([path, {version, optional, devOptional}]) =>
      present[path] ? present[path].version === version : optional || devOptional,
    );
}

/** `npm ci`, where it is needed. */
export async function installPackages() {
  if (packagesInstalled()) return;
  console.log('Installing packages (npm ci) …');
  const {code} = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new Error('`npm ci` failed: see above. Without the packages nothing else can run.');
}

/** The Node that runs the packages' programs: the one in node_modules where the platform has it, else the system's. */
export async function checkNode() {
  const {output} = await run('node', ['--version'], {quiet: true});
  const version = output.match(/v\d+\.\d+\.\d+/)?.[0] ?? 'none';
  if (Number(version.slice(1).split('.')[0]) < 22)
    throw new Error(
      `The test runner and the site need Node 22 or newer, and this machine has ${version}. ` +
        'Linux and Windows get one with the packages; here, please install it from https://nodejs.org.',
    );
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
