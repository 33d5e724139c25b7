/** The measurements of the plan in a page. */
import {openBackend} from '../../src/engine/device/backend.js';
import {measureAccuracy} from './accuracy.js';
import {measureDecode} from './decode.js';
import {measurePlan} from './plan.js';

Object.assign(globalThis, {
  measurePlan,
  measureDecode,
  async measureAccuracy() {
    if (!(await openBackend.wasm())) throw new Error('This browser has no WebAssembly.');
    return measureAccuracy();
  },
});
