import {expect} from '@open-wc/testing';
import {LiveModel} from '../state/live-model.js';
import {connectInProcess, TINY_SPEC, TINY_TRAINING} from './testing/in-process.js';

describe('the engine, in this thread, on the cpu backend', () => {
  it('trains, and tells every step once', async () => {
    const model = new LiveModel('m', TINY_SPEC, () => connectInProcess(), {backend: 'cpu'});
    const steps: number[] = [];
    const statuses: string[] = [];
    model.addEventListener('gpt-step', (event) => steps.push(event.detail.step));
    model.addEventListener('gpt-status', (event) => statuses.push(event.detail.status));
    await model.train({...TINY_TRAINING, steps: 12, learningRate: 1e-2, warmupSteps: 0, evalInterval: 5});
    await new Promise<void>((resolve) =>
      model.addEventListener('gpt-status', ({detail}) => detail.status === 'done' && resolve()),
    );
    expect(steps).to.deep.equal(Array.from({length: 12}, (_, i) => i + 1));
    expect(statuses).to.deep.equal(['loading', 'idle', 'training', 'done']);
    expect(model.history.evals.map(({step}) => step)).to.deep.equal([0, 5, 10, 12]);
    expect(model.history.steps.at(-1)!.loss).to.be.below(model.history.steps[0]!.loss - 0.3);
    await model.close();
  });
});
