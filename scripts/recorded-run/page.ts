/** The browser's part of `record.mjs` and `corpora.mjs`: trains a model as `<gpt-trainer>` would. */

import {connectEngine} from '../../src/engine/page/connect.js';
import type {History, ModelSpec} from '../../src/engine/protocol.js';
import {LiveModel} from '../../src/state/live-model.js';
import type {GenerateRequest} from '../../src/state/live-model-types.js';
import type {TrainingOptions} from '../../src/training/options.js';

let model: LiveModel;

Object.assign(globalThis, {
  recordedRun: {
    async start(spec: ModelSpec, options: Partial<TrainingOptions> = {}): Promise<void> {
      model = new LiveModel('recorded', spec, connectEngine, {backend: 'wasm'});
      await model.train({saveInterval: 0, ...options});
    },
    /** @returns what the model writes after a prompt */
    async write(request: GenerateRequest): Promise<string> {
      let text = '';
      for await (const token of model.generate(request)) text += token.text;
      return text;
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
