// The bench in Node: `node bench/node.mjs [--quick] [--large]`. Needs a Vulkan, Metal or Direct3D adapter; on Linux without a graphics
// card, Mesa's lavapipe (Debian: mesa-vulkan-drivers; VK_ICD_FILENAMES names its .json). Prints JSON as its last line.
import {runNodeBench} from './run-node.mjs';

const {code} = await runNodeBench(process.argv.slice(2));
process.exitCode = code ?? 1;
