import {expect} from '@open-wc/testing';
import {failuresOf, must, wait} from '../engine/testing/rounds.js';
import type {Snapshot} from '../training/session.js';
import {AutosaveStore, StorageError} from './autosave.js';

const run = (step: number) => ({
  snapshot: {step, theta: Float32Array.of(1, 2, step)} as unknown as Snapshot,
  history: [step],
});

describe('autosaves of several models or tabs at once', () => {
  it('are all in the index afterwards, whatever the interleaving', async () => {
    const failures = await failuresOf(60, async (draw) => {
      const database = `test-${crypto.randomUUID()}`;
      const tabs = [0, 1, 2].map(() => new AutosaveStore<number[]>(database));
      if (draw(2)) await tabs[0]!.save('first', run(9));
      const count = 2 + draw(4);
      const gone = draw(3) ? -1 : draw(count);
      await Promise.all(
        Array.from({length: count}, async (_, n) => {
          const tab = tabs[draw(3)]!;
          if (draw(2)) await wait(draw(4));
          await tab.save(`run ${n}`, run(n));
          if (n === gone) await tab.discard(`run ${n}`);
        }),
      );
      for (let n = 0; n < count; n++) {
        const [found, loaded] = [await tabs[0]!.find(`run ${n}`), await tabs[1]!.load(`run ${n}`)];
        if (n === gone) must(!found && !loaded, `discarded run ${n} is still there`);
        else must(found?.step === n && loaded?.snapshot.step === n, `run ${n} of ${count} is lost`);
      }
    });
    expect(failures).to.deep.equal([]);
  });
});

type RequestName = 'open' | 'get' | 'put' | 'delete' | 'getAllKeys';

/** Storage in which one kind of request is never answered, until the returned function is called. */
function mute(what: RequestName): () => void {
  const prototype = (what === 'open' ? IDBFactory : IDBObjectStore).prototype as unknown as Record<
    string,
    unknown
  >;
  const native = prototype[what] as (...args: unknown[]) => IDBRequest;
  const {get} = IDBObjectStore.prototype;
  let muted = true;
  prototype[what] = function (this: IDBObjectStore, ...args: unknown[]) {
    const request = native.apply(this, args);
    if (what === 'put' || what === 'delete') {
      // Nobody waits for these requests, but for their transaction: it does not end while requests are added to it.
      const keepOpen = () => {
        if (muted) get.call(this, 'nothing').addEventListener('success', keepOpen);
      };
      keepOpen();
    } else
      for (const type of ['success', 'error'])
        request.addEventListener(type, (event) => event.stopImmediatePropagation());
    return request;
  };
  return () => {
    muted = false;
    prototype[what] = native;
  };
}

describe('storage that does not answer', () => {
  const requests = ['open', 'get', 'put', 'delete', 'getAllKeys'] as const;
  const calls = ['find', 'load', 'save', 'discard'] as const;
  const needs: Record<(typeof calls)[number], readonly string[]> = {
    find: ['open', 'get'],
    load: ['open', 'get'],
    save: ['open', 'get', 'put', 'getAllKeys'],
    discard: ['open', 'get', 'put', 'delete'],
  };

  for (const request of requests)
    it(`is given up with a sentence, and used again when it answers again (${request})`, async () => {
      const inputs = calls
        .filter((call) => needs[call].includes(request))
        .flatMap((call) => [1, 2, 3, 4, 5].map((times) => ({call, times})));
      const stores = await Promise.all(
        inputs.map(async (input) => {
          const database = `test-${crypto.randomUUID()}`;
          await new AutosaveStore<number[]>(database).save('a', run(1));
          return {...input, store: new AutosaveStore<number[]>(database, {patienceMs: 200})};
        }),
      );
      const failures: string[] = [];
      const answer = mute(request);
      try {
        await Promise.all(
          stores.map(async ({call, times, store}) => {
            for (let n = 0; n < times; n++) {
              const asked: Promise<unknown> = call === 'save' ? store.save('a', run(2)) : store[call]('a');
              const outcome = await asked.then(
                () => 'done',
                (error: Error) => error,
              );
              if (!(outcome instanceof StorageError)) failures.push(`${call}, time ${n + 1}: ${outcome}`);
            }
          }),
        );
      } finally {
        answer();
      }
      await Promise.all(
        stores.map(async ({call, times, store}) => {
          let step: number | undefined;
          for (let n = 0; n < 50 && step === undefined; n++)
            step = (await store.save('b', run(3)).catch(() => undefined))?.step;
          if (step !== 3) failures.push(`${call}, ${times} times: it is not used again`);
        }),
      );
      expect(failures).to.deep.equal([]);
    });
});
