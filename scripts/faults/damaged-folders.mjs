// Configurations, tokenizers, zip files and saved runs with random damage: each is refused with a typed error, or loaded as it was.
import {importForNode} from '../bundle-for-node.mjs';

export const name = 'damaged config, tokenizer and zip files';
export const rounds = 2000;

const {MUTATIONS} = await importForNode('src/checkpoint/testing/mutations.ts');
const KINDS = ['config', 'tokenizer', 'zip', 'checkpoint'];

export async function round(number) {
  await MUTATIONS[KINDS[number % KINDS.length]](1000 + number);
}
