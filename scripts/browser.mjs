// Finds a Chromium and says how to start it with WebGPU, on machines without a GPU too.
import {existsSync} from 'node:fs';

const CANDIDATES = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

export const findBrowser = () => CANDIDATES.find((path) => path && existsSync(path));

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

/** Starts the browser under Playwright's control. */
export async function launchBrowser() {
  const {chromium} = await import('playwright');
  return chromium.launch({executablePath: findBrowser(), args: browserArguments});
}
