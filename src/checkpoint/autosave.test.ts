import {expect} from '@open-wc/testing';
import type {Snapshot} from '../training/session.js';
import {AutosaveStore} from './autosave.js';
import {specKey} from './spec-key.js';

const run = (step: number) => ({
  snapshot: {step, theta: Float32Array.of(1, 2, step)} as unknown as Snapshot,
  history: [step],
});

describe('autosaves', () => {
  let store: AutosaveStore<number[]>;
  beforeEach(() => {
    store = new AutosaveStore(`test-${crypto.randomUUID()}`);
  });

  it('come back as they were, one a key', async () => {
    expect(await store.find('a')).to.equal(undefined);
    expect(await store.load('a')).to.equal(undefined);
    await store.save('a', run(1));
    const fact = await store.save('a', run(2));
    await store.save('b', run(3));
    expect(fact.step).to.equal(2);
    expect(Math.abs(fact.time - Date.now())).to.be.below(5000);
    expect(await store.find('a')).to.deep.equal(fact);
    expect(await store.load('a')).to.deep.equal(run(2));
    await store.discard('a');
    expect(await store.find('a')).to.equal(undefined);
    expect(await store.load('a')).to.equal(undefined);
    expect(await store.load('b')).to.deep.equal(run(3));
  });

  it('keep the newest few', async () => {
    for (let i = 0; i < 8; i++) {
      await store.save(`run ${i}`, run(i));
      await new Promise((resolve) => setTimeout(resolve, 2)); // times differ
    }
    expect(await store.load('run 1')).to.equal(undefined);
    expect(await store.find('run 1')).to.equal(undefined);
    expect((await store.load('run 2'))?.snapshot.step).to.equal(2);
    expect((await store.load('run 7'))?.snapshot.step).to.equal(7);
  });

  it('tell in a sentence where the browser has no room', async () => {
    const native = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('', 'QuotaExceededError');
    };
    try {
      const error = await store.save('a', run(1)).then(
        () => undefined,
        (reason: Error) => reason,
      );
      expect(error?.name).to.equal('StorageError');
      expect(error?.message).to.contain('no more room').and.to.contain('Training goes on');
    } finally {
      IDBObjectStore.prototype.put = native;
    }
  });
});

describe('the key of a spec', () => {
  it('is that of an equal spec, whatever the order', () => {
    expect(specKey({a: 1, b: {c: 2, d: [1, 2]}})).to.equal(
      specKey({b: {d: [1, 2], c: 2}, a: 1, e: undefined}),
    );
  });

  it('differs where anything differs', () => {
    const specs = [{a: 1}, {a: 2}, {b: 1}, {a: '1'}, {a: [1, 2]}, {a: [2, 1]}, {a: {b: 1}}];
    expect(new Set(specs.map(specKey)).size).to.equal(specs.length);
  });
});
