import {expect} from '@open-wc/testing';
import type {LiveModel} from '../../state/live-model.js';
import {startWhenIdle} from './start-when-idle.js';

/** A model that counts how often it is started, as `startWhenIdle` sees it. */
function counting(isRecorded = true) {
  const model = {isRecorded, starts: 0, start: () => Promise.resolve(void model.starts++)};
  return model as typeof model & LiveModel;
}

/** Resolves when the page has been idle after everything that was asked before. */
const idle = () => new Promise((resolve) => requestIdleCallback(resolve));

describe('startWhenIdle', () => {
  it('startWhenIdle starts a model once, when the page is idle', async () => {
    const model = counting();
    startWhenIdle(model);
    startWhenIdle(model);
    expect(model.starts).to.equal(0);
    await idle();
    expect(model.starts).to.equal(1);
  });

  it('startWhenIdle leaves alone a model that runs, and one that was started meanwhile', async () => {
    const running = counting(false);
    const meanwhile = counting();
    startWhenIdle(running);
    startWhenIdle(meanwhile);
    meanwhile.isRecorded = false;
    await idle();
    expect([running.starts, meanwhile.starts]).to.deep.equal([0, 0]);
  });

  it('startWhenIdle leaves a model alone that the page wants on demand', async () => {
    const model = Object.assign(counting(), {onDemand: true});
    startWhenIdle(model);
    await idle();
    expect(model.starts).to.equal(0);
  });

  it('startWhenIdle does nothing where the reader saves data', async () => {
    Object.defineProperty(navigator, 'connection', {value: {saveData: true}, configurable: true});
    const model = counting();
    startWhenIdle(model);
    await idle();
    delete (navigator as {connection?: unknown}).connection;
    expect(model.starts).to.equal(0);
    startWhenIdle(model);
    await idle();
    expect(model.starts).to.equal(1);
  });
});
