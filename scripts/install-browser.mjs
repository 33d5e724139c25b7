// Installs a Chromium for the tests where there is none.
import {findBrowser} from './browser.mjs';
import {run} from './run.mjs';

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
