import {expect} from '@open-wc/testing';
import {encodeText, type TextProgress, trainTokenizer} from '../../state/text-work.js';
import {BytePairTokenizer} from '../../tokenizers/bpe/tokenizer.js';
import {trainBPE} from '../../tokenizers/bpe/train.js';
import {loadTokenizer} from '../../tokenizers/load.js';
import {setTextWorkerFactory} from '../worker-factory.js';
import {textClient} from './text-client.js';

const TEXT = 'The cat sat on the mat, and the dog sat on the cat. '.repeat(50);
const caught = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => error,
  );

/** Counts the workers that are started. */
function watchWorkers(): {started: Worker[]} {
  const watch = {started: [] as Worker[]};
  setTextWorkerFactory(() => {
    const worker = new Worker(new URL('../text.worker.js', import.meta.url), {type: 'module'});
    watch.started.push(worker);
    return worker;
  });
  return watch;
}

describe('text work', () => {
  beforeEach(() => textClient.close());
  after(async () => {
    setTextWorkerFactory(undefined);
    await textClient.close();
  });

  const everywhere = () => {
    it('gives the ids that the tokenizer gives', async () => {
      const trained = await trainBPE(TEXT, {merges: 50});
      const phases = new Set<TextProgress['phase']>();
      const onProgress = ({phase}: TextProgress) => phases.add(phase);
      expect([...(await encodeText(TEXT, trained.spec, {onProgress}))]).to.deep.equal(trained.encode(TEXT));
      expect([...(await encodeText('cab', 'char'))]).to.deep.equal([2, 0, 1]);
      const gpt2 = await loadTokenizer('gpt2');
      expect([...(await encodeText(TEXT, 'gpt2'))]).to.deep.equal(gpt2.encode(TEXT));
      expect([...phases]).to.deep.equal(['encoding']);
    });

    it('allows special tokens where that is asked for', async () => {
      expect([...(await encodeText('<|endoftext|>', 'gpt2', {allowedSpecial: 'all'}))]).to.deep.equal([
        50256,
      ]);
      expect(await encodeText('<|endoftext|>', 'gpt2')).to.have.length.above(1);
    });

    it('trains a tokenizer, and tells each merge with the pairs that stood at the top', async () => {
      const result = await trainTokenizer({text: TEXT}, {merges: 10, topPairs: 4});
      const here = await trainBPE(TEXT, {merges: 10, specialTokens: ['<|endoftext|>']});
      expect(result.spec).to.deep.equal(here.spec);
      expect(result.merges[0]!.top[0]).to.deep.equal({
        first: result.merges[0]!.first,
        second: result.merges[0]!.second,
        count: result.merges[0]!.count,
      });
      expect(result.merges[0]!.top).to.have.length(4);
      expect(result.top).to.have.length(4);
      expect(result.corpus).to.deep.include({
        characters: TEXT.length,
        bytes: TEXT.length,
        name: 'pasted text',
      });
      expect(new BytePairTokenizer(result.spec).encode(TEXT)).to.have.length(result.merges.at(-1)!.tokens);
    });

    it('says what is wrong, with a code', async () => {
      expect(await caught(encodeText('abc', {kind: 'char', vocab: ['a']}))).to.include({code: 'token'});
      expect(await caught(trainTokenizer({text: ' '}, {merges: 5}))).to.include({code: 'corpus'});
      const broken = {kind: 'bpe' as const, vocab: ['a', 'a'], merges: [], specialTokens: []};
      expect(await caught(encodeText('a', broken))).to.include({code: 'config'});
    });

    it('stops when asked to, and goes on working', async () => {
      const ending = new AbortController();
      const long = Array.from({length: 60_000}, (_, i) => `w${(i * 7919) % 100_003}`).join(' ');
      const work = trainTokenizer(
        {text: long},
        {merges: 20_000, signal: ending.signal, onProgress: () => ending.abort()},
      );
      expect(await caught(work)).to.include({code: 'canceled'});
      expect(await caught(encodeText('abc', 'char', {signal: AbortSignal.abort()}))).to.include({
        code: 'canceled',
      });
      expect([...(await encodeText('ab', 'char'))]).to.deep.equal([0, 1]);
    });
  };

  describe('in its worker', () => {
    before(() => setTextWorkerFactory(undefined));
    everywhere();

    it('starts one worker for all requests, and another where that one died', async () => {
      const watch = watchWorkers();
      await Promise.all([encodeText('abc', 'char'), encodeText('abd', 'char')]);
      expect(watch.started).to.have.length(1);
      const work = caught(trainTokenizer({kind: 'tiny-tales', stories: 100_000}, {merges: 5000}));
      await encodeText('abc', 'char'); // the training has arrived
      watch.started[0]!.dispatchEvent(new ErrorEvent('error', {message: 'out of memory', cancelable: true}));
      expect(((await work) as Error).message).to.contain('out of memory');
      expect(await encodeText('abc', 'char')).to.have.length(3);
      expect(watch.started).to.have.length(2);
    });
  });

  describe('on the main thread, where no worker can start', () => {
    before(() =>
      setTextWorkerFactory(() => {
        throw new DOMException('worker-src', 'SecurityError');
      }),
    );
    everywhere();
  });
});
