// The bench in Node: `node scripts/bench/node.mjs [--quick] [--large]`. Needs a Vulkan, Metal or Direct3D adapter; on Linux without a graphics
// card, Mesa's lavapipe (Debian: mesa-vulkan-drivers; VK_ICD_FILENAMES names its .json). Prints JSON as its last line.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {bundleNodeBench, dawnNode} from './bundle-node.mjs';

const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-'));
const file = join(folder, 'bench.mjs');
await bundleNodeBench(file);
const child = spawn(process.execPath, [file, ...process.argv.slice(2)], {
  env: {...process.env, DAWN_NODE: process.env.DAWN_NODE ?? dawnNode()},
  stdio: 'inherit',
});
child.on('close', (code) => {
  rmSync(folder, {recursive: true, force: true});
  process.exitCode = code ?? 1;
});
