// Finds a Chromium and says how to start it with WebGPU, on machines without a GPU too.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import {delimiter, join} from 'node:path';

const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'microsoft-edge'];

const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function* candidates() {
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    for (const name of NAMES) yield join(folder, name);
  yield* INSTALLED;
  try {
    yield createRequire(import.meta.url)('playwright').chromium.executablePath(); // its own download
  } catch {
    // The packages are not installed yet.
  }
}

/** Ubuntu has a `chromium-browser` that only says how to install one. (On Windows `--version` would open a window.) */
const starts = (path) =>
  process.platform === 'win32' ||
  spawnSync(path, ['--version'], {stdio: 'ignore', timeout: 20_000}).status === 0;

let found;

/** The path of a Chromium that starts; undefined where there is none. */
export function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROME_PATH names ${named}, and there is no such file.`);
  if (named) return named;
  if (found) return found;
  for (const path of candidates()) if (existsSync(path) && starts(path)) return (found = path);
}

// SwiftShader, so that every machine computes the same; background networking off, so that closed networks
// are not knocked at.
export const browserArguments = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How many times slower the tests' pages shall be: CPU_THROTTLING=4 npm test. Workers keep their speed. */
export const cpuThrottling = Number(process.env.CPU_THROTTLING || 1);

/** Starts the browser under Playwright's control. */
export async function launchBrowser() {
  const {chromium} = await import('playwright');
  return chromium.launch({executablePath: findBrowser(), args: browserArguments});
}
