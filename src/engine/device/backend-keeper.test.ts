import {expect} from '@open-wc/testing';
import {TokensError} from '../../model/gpt.js';
import {canceled, EngineError} from '../errors.js';
import type {Backend} from './backend.js';
import {BackendKeeper} from './backend-keeper.js';

/** A backend that computes nothing. */
const idle = (lost?: Promise<string>): Backend => ({
  name: lost ? 'webgpu' : 'wasm',
  description: 'idle',
  hardware: false,
  memory: {total: 1, largest: 1},
  takeErrors: () => [],
  lost,
  use: async () => {},
  close: () => {},
});

async function keeperOf(...backends: Backend[]): Promise<BackendKeeper> {
  const keeper = new BackendKeeper(
    'main',
    async () => {
      const backend = backends.shift()!;
      const {name, description, hardware} = backend;
      const facts = {name, description, hardware, reason: '', candidates: [], flopsPerSecond: 1};
      return {backend, facts: {...facts, suggestedPreset: 'nano'}};
    },
    async () => {},
  );
  await keeper.start('auto');
  return keeper;
}

/** Milliseconds until ten failures in a row have been told. */
async function timeOfFailures(keeper: BackendKeeper, makeError: () => Error): Promise<number> {
  const start = performance.now();
  const fail = () => keeper.turn(() => Promise.reject(makeError()));
  const outcomes = await Promise.allSettled(Array.from({length: 10}, fail));
  expect(outcomes.every(({status}) => status === 'rejected')).to.equal(true);
  return performance.now() - start;
}

describe('BackendKeeper', () => {
  const pending = new Promise<string>(() => {});

  it('does not wait for a device-lost event after requests that were canceled or refused', async () => {
    const keeper = await keeperOf(idle(pending));
    expect(await timeOfFailures(keeper, canceled)).to.be.below(150);
    expect(await timeOfFailures(keeper, () => new TokensError('The prompt is empty.'))).to.be.below(150);
    expect(await timeOfFailures(keeper, () => new EngineError('config', 'No classifier.'))).to.be.below(150);
  });

  it('never waits on a backend that cannot be lost', async () => {
    expect(await timeOfFailures(await keeperOf(idle()), () => new Error('out of bounds'))).to.be.below(150);
  });

  it('repeats work on another device where the failure is told before the loss', async () => {
    let lose = (_reason: string) => {};
    const keeper = await keeperOf(idle(new Promise((resolve) => (lose = resolve))), idle(pending));
    let tries = 0;
    const result = keeper.turn(async () => {
      if (++tries > 1) return 'done';
      setTimeout(() => lose('reset'), 10);
      throw new DOMException('[Buffer] is destroyed', 'AbortError');
    });
    expect(await result).to.equal('done');
    expect(tries).to.equal(2);
  });
});
