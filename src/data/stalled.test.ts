import {expect} from '@open-wc/testing';
import {failuresOf, must, wait} from '../engine/testing/rounds.js';
import {loadCorpus} from './loaders.js';

const TEXT = 'one two three four five six seven eight nine ten. '.repeat(40);

describe('a server that stops answering', () => {
  const native = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = native;
  });

  it('is given up with a sentence, at whatever byte it stops; the next try succeeds', async () => {
    const bytes = new TextEncoder().encode(TEXT);
    const failures = await failuresOf(20, async (draw) => {
      const parts = draw(6); // 0: not even a response
      const fails = draw(2) === 0;
      globalThis.fetch = async () => {
        if (parts === 0)
          return fails ? Promise.reject(new TypeError('Failed to fetch')) : new Promise(() => {});
        let sent = 0;
        const body = new ReadableStream<Uint8Array>({
          pull(controller) {
            if (++sent < parts) controller.enqueue(bytes.slice(0, 1 + draw(bytes.length)));
            else if (fails) controller.error(new TypeError('network error'));
            else return new Promise(() => {});
          },
        });
        return new Response(body);
      };
      const spec = {kind: 'url' as const, url: 'https://example.invalid/text.txt'};
      const outcome = await Promise.race([
        loadCorpus(spec, {patienceMs: 30}).then(
          () => 'loaded',
          (error: Error) => error,
        ),
        wait(2000).then(() => 'nothing'),
      ]);
      must(outcome instanceof Error, `${parts} parts: ${outcome}`);
      const {name, message} = outcome as Error;
      must(name === 'CorpusError' && message.includes('connection'), `${parts} parts: ${name}: ${message}`);
      globalThis.fetch = async () => new Response(TEXT);
      must((await loadCorpus(spec, {patienceMs: 30})).text.length > 0, 'the next try failed');
    });
    expect(failures).to.deep.equal([]);
  });
});
