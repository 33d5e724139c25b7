// What a fault case works with in the page: models without any element.

import {keptDownloads} from '../../src/checkpoint/downloads/store.js';
import {setWorkerFactory} from '../../src/engine/index.js';
import {allModels, createModel, removeModel} from '../../src/state/index.js';

/** The engine's workers so far, newest last, to be ended without a word. */
const workers: {worker: Worker; kill: BroadcastChannel}[] = [];

/** A worker like the library's own, which ends itself when it is told to. */
setWorkerFactory(() => {
  const name = `kill ${workers.length} ${Math.random()}`;
  const url = new URL('./engine.worker.js', import.meta.url).href;
  const code = `new BroadcastChannel(${JSON.stringify(name)}).onmessage = () => self.close(); import ${JSON.stringify(url)};`;
  const script = URL.createObjectURL(new Blob([code], {type: 'text/javascript'}));
  const worker = new Worker(script, {type: 'module'});
  workers.push({worker, kill: new BroadcastChannel(name)});
  return worker;
});

const TEXT = 'one two three four five six seven eight nine ten. '.repeat(40);

/** Makes a model of some thousand parameters. */
function make(seed: number, backend: 'wasm' | 'cpu' = 'wasm') {
  const model = createModel(
    'm',
    {
      preset: 'nano',
      config: {embDim: 16, nHeads: 2, nLayers: 1, contextLength: 16},
      corpus: {kind: 'text', text: TEXT},
      seed,
    },
    {backend},
  );
  const told = new Map<number, number>();
  const watch = {different: 0, again: 0};
  model.addEventListener('gpt-step', ({detail: {step, loss}}) => {
    const before = told.get(step);
    if (before !== undefined) watch.again++;
    if (before !== undefined && before !== loss) watch.different++;
    told.set(step, loss);
  });
  return Object.assign(model, {watch});
}

/** Resolves when the model has done so many steps; rejects where nothing moves for 20 seconds. */
function reaches(model: ReturnType<typeof make>, step: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        reject(new Error(`stuck at step ${model.step} (${model.status}), wanted ${step}`));
      }, 20_000);
      if (model.step < step) return;
      clearTimeout(timer);
      model.removeEventListener('gpt-step', look);
      resolve();
    };
    model.addEventListener('gpt-step', look);
    look();
  });
}

const TRAINING = {batchSize: 4, evalBatches: 1, evalInterval: 0, sampleInterval: 0};

Object.assign(globalThis, {
  faults: {make, reaches, workers, removeModel, allModels, keptDownloads, TRAINING},
});
