// Packs the Node bench for a Linux machine (x64) that has a graphics card and neither network nor Node: one folder with Node, Dawn and the
// bench in one file.   node bench/pack-node.mjs [folder]   then there: ./run.sh [--quick] [--large]
// With --tar, a .tar.gz of it too. Node is stripped of its debug symbols where `strip` is at hand.

import {spawnSync} from 'node:child_process';
import {chmodSync, copyFileSync, mkdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {downloadNode} from '../scripts/node.mjs';
import {bundleNodeBench, dawnNode} from './bundle-node.mjs';

/** Dawn looks for Vulkan's loader by this name; a machine without it can be given one beside the bench, in lib/. */
const RUN = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
export DAWN_NODE="$here/dawn.node" LD_LIBRARY_PATH="$here/lib:\${LD_LIBRARY_PATH:-}"
exec "$here/node" "$here/bench.mjs" "$@"
`;

const {values, positionals} = parseArgs({
  options: {tar: {type: 'boolean', default: false}, lib: {type: 'string', multiple: true, default: []}},
  allowPositionals: true,
});
const folder = resolve(positionals[0] ?? 'bench/packed');

rmSync(folder, {recursive: true, force: true});
mkdirSync(join(folder, 'lib'), {recursive: true});
await bundleNodeBench(join(folder, 'bench.mjs'));
copyFileSync(dawnNode('linux', 'x64'), join(folder, 'dawn.node'));
copyFileSync(await downloadNode('linux', 'x64'), join(folder, 'node'));
for (const file of values.lib) copyFileSync(file, join(folder, 'lib', basename(file)));
spawnSync('strip', [join(folder, 'node'), join(folder, 'dawn.node')]);
writeFileSync(join(folder, 'run.sh'), RUN);
for (const name of ['node', 'run.sh']) chmodSync(join(folder, name), 0o755);

const megabytes = (file) => `${(statSync(file).size / 2 ** 20).toFixed(1)} MB`;
for (const name of ['node', 'dawn.node', 'bench.mjs'])
  console.log(`${name}: ${megabytes(join(folder, name))}`);
if (values.tar) {
  const archive = `${folder}.tar.gz`;
  const {status, stderr} = spawnSync('tar', ['-czf', archive, '-C', dirname(folder), basename(folder)]);
  if (status !== 0) throw new Error(`tar failed: ${stderr}`);
  console.log(`${archive}: ${megabytes(archive)}`);
}
