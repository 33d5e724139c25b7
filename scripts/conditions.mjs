// What a measured figure depends on beside the code: kept with every figure.
import {readFileSync} from 'node:fs';
import {cpus} from 'node:os';
import {join} from 'node:path';
import {root} from './run.mjs';

/** @param {string} chromium its version */
export function conditions(chromium) {
  const {devDependencies} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    date: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model.trim(),
      cores: cpus().length,
      platform: `${process.platform} ${process.arch}`,
    },
    versions: {chromium, tfjs: devDependencies['@tensorflow/tfjs-core'], node: process.version},
  };
}
