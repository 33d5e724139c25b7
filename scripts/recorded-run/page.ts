/** The browser's part of `record.mjs`: trains a model as `<gpt-trainer>` would. */

import {connectEngine} from '../../src/engine/page/connect.js';
import type {History, ModelSpec} from '../../src/engine/protocol.js';
import {LiveModel} from '../../src/state/live-model.js';

let model: LiveModel;

Object.assign(globalThis, {
  recordedRun: {
    async start(spec: ModelSpec): Promise<void> {
      model = new LiveModel('recorded', spec, connectEngine, {backend: 'wasm'});
      await model.train({saveInterval: 0});
    },
    /** @returns the run so far */
    state: (): {status: string; step: number; history: History; computedBy: string} => ({
      status: model.status,
      step: model.step,
      history: model.history,
      computedBy: `${model.backend?.name}, ${model.backend?.description}`,
    }),
  },
});
