// Safetensors files with random damage: each is refused with a typed error, or read right. No browser: what reads them is plain code.
import {importForNode} from '../bundle-for-node.mjs';

export const name = 'damaged safetensors files';
export const rounds = 10_000;

const {MUTATIONS} = await importForNode('src/checkpoint/testing/mutations.ts');

export async function round(number) {
  await MUTATIONS.weights(1000 + number);
}
