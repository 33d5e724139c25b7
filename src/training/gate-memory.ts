/**
 * Keeps the fact that planned kernels agreed with the reference from visit to visit, so that the next first step need not wait for the check.
 * It is valid for the same adapter, browser version and dispatches, which stand for the library's version and the shapes. A failure is not
 * kept: the next visit checks again.
 */
import type {Program, VariantMemory} from '../webgpu/index.js';

/** A driver can change without a sign: a result is valid for a week. */
const VALID_MS = 7 * 24 * 3600 * 1000;

/** Returns the key of a result: everything that it depends on. */
export async function verdictKey(
  {adapterInfo}: GPUDevice,
  check: string,
  programs: readonly Program[],
): Promise<string> {
  const {vendor, architecture, device, description} = adapterInfo ?? {};
  const adapter = [vendor, architecture, device, description].join(' ');
  const submitted = await digest(JSON.stringify(programs.map(({dispatches}) => dispatches)));
  return ['agrees', check, adapter, await browserVersion(), submitted].join(' | ');
}

export async function hasPassed(memory: VariantMemory, key: string, now = Date.now()): Promise<boolean> {
  const passed = Number(await memory.get(key).catch(() => undefined));
  return now - passed >= 0 && now - passed < VALID_MS;
}

/** Keeps a result; where the browser keeps nothing, the next visit checks again. */
export async function rememberPassed(memory: VariantMemory, key: string, now = Date.now()): Promise<void> {
  await memory.set(key, String(now)).catch(() => undefined);
}

interface Brands {
  fullVersionList?: {brand: string; version: string}[];
}

/** Chromium's `userAgent` has the major version only; the full one needs a request. */
export async function browserVersion(): Promise<string> {
  const {userAgent, userAgentData} = navigator as Navigator & {
    userAgentData?: {getHighEntropyValues(hints: string[]): Promise<Brands>};
  };
  const brands = await userAgentData?.getHighEntropyValues(['fullVersionList']).catch(() => undefined);
  const versions = brands?.fullVersionList?.map(({brand, version}) => `${brand} ${version}`).sort();
  return [userAgent, ...(versions ?? [])].join(' ');
}

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
