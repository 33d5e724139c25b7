// Runs the Node bench in a process of its own: what a driver does to it, it does not do to whoever asked.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {bundleNodeBench, dawnNode} from './bundle-node.mjs';

/**
 * @param {string[]} args of node-main.mjs
 * @param {{env?: Record<string, string>, limitMs?: number, onProgress?: (line: string) => void}} [options]
 *   `limitMs`: it is ended then; `onProgress`: gets what it says on its way, which else goes to the terminal as it is
 * @returns {Promise<{code: number | null, said: string}>} no `code`: it was ended, or a signal ended it
 */
export async function runNodeBench(args, {env = {}, limitMs = 0, onProgress} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-'));
  try {
    const file = join(folder, 'bench.mjs');
    await bundleNodeBench(file);
    const child = spawn(process.execPath, [file, ...args], {
      env: {...process.env, DAWN_NODE: process.env.DAWN_NODE ?? dawnNode(), ...env},
      stdio: onProgress ? ['ignore', 'ignore', 'pipe'] : 'inherit',
      timeout: limitMs,
      killSignal: 'SIGKILL', // one that compiles hears no other
    });
    let said = '';
    child.stderr?.on('data', (bytes) => {
      said += bytes;
      for (const line of String(bytes).split('\n')) if (line.trim()) onProgress(line);
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    return {code, said};
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}
