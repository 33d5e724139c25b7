// One's own byte-pair encoding beside js-tiktoken, both with GPT-2's merges; and training it beside a trainer that counts all
// pairs anew at every merge. Contestants take turns in one page and must give the same ids and the same merges.
import {atLeast, atMost, notRun} from '../group.mjs';

/** @type {import('../group.mjs').Group} */
export const tokenizers = {
  name: 'tokenizers',
  about: 'encoding 1 MB beside js-tiktoken, and training on it beside a rescan',
  figures: {
    'tokenizers.encode.bpe.mbPerSecond': {unit: 'MB/s'},
    'tokenizers.encode.jsTiktoken.mbPerSecond': {unit: 'MB/s'},
    'tokenizers.encode.speedup.jsTiktoken': {target: atLeast(1)},
    // 5,000 letters without a break
    'tokenizers.encode.bpe.longRunMs': {unit: 'ms', target: atMost(100)},
    'tokenizers.encode.jsTiktoken.longRunMs': {unit: 'ms'},
    // 1,000 merges on 1 MB
    'tokenizers.train.ms': {unit: 'ms', target: atMost(5000)},
    'tokenizers.train.speedup.rescan': {target: atLeast(20), slow: true},
  },
  async run({inPage, quick}) {
    const {void: why, ...measured} = await inPage('bench/measure/tokenizers.ts', (tab) =>
      tab.call('measureTokenizers', {quick}),
    );
    const answer = (value) => (why ? notRun(why) : value);
    const {megabytes, encode, longRun, train, rescan} = measured;
    return {
      figures: {
        'tokenizers.encode.bpe.mbPerSecond': answer((1000 * megabytes) / encode.bpe),
        'tokenizers.encode.jsTiktoken.mbPerSecond': answer((1000 * megabytes) / encode.jsTiktoken),
        'tokenizers.encode.speedup.jsTiktoken': answer(encode.speedup),
        'tokenizers.encode.bpe.longRunMs': answer(longRun.bpe),
        'tokenizers.encode.jsTiktoken.longRunMs': answer(longRun.jsTiktoken),
        'tokenizers.train.ms': answer(train),
        ...(!quick && {'tokenizers.train.speedup.rescan': answer(rescan / train)}),
      },
      details: measured,
    };
  },
};
