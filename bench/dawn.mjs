// WebGPU for Node: Dawn, as npm `webgpu` builds it.
import {createRequire} from 'node:module';

/**
 * Gives `navigator.gpu` and the GPU classes, as a browser does.
 * @param {string} library path of dawn.node
 * @param {string[]} options of Dawn, e.g. `adapter=llvmpipe`
 */
export function startDawn(library, options) {
  const {create, globals} = createRequire(import.meta.url)(library);
  Object.assign(globalThis, globals);
  const navigator = {gpu: create(options), userAgent: 'node'};
  Object.defineProperty(globalThis, 'navigator', {value: navigator, configurable: true});
}
