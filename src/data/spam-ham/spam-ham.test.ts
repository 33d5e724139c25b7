import {expect} from '@open-wc/testing';
import {MESSAGE_KINDS, spamHam} from './index.js';
import {TEMPLATES} from './templates.js';
import {type Slot, WORDS} from './words.js';

const bag = (text: string): string =>
  text
    .toLowerCase()
    .match(/[a-z{}|]+/g)!
    .sort()
    .join(' ');

describe('the spam and ham messages', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(spamHam({seed: 3, messages: 100})).to.deep.equal(spamHam({seed: 3, messages: 100}));
    expect(spamHam({seed: 3, messages: 100})).not.to.deep.equal(spamHam({seed: 4, messages: 100}));
  });

  it('are split 70, 10 and 20 %, half of each set is spam, and no message comes twice', () => {
    for (const seed of [1, 2, 3]) {
      const {train, validation, test} = spamHam({seed});
      expect([train, validation, test].map((set) => set.length)).to.deep.equal([1400, 200, 400]);
      for (const set of [train, validation, test])
        expect(set.filter(({label}) => label === 1).length).to.equal(set.length / 2);
      const texts = [...train, ...validation, ...test].map(({text}) => text);
      expect(new Set(texts).size).to.equal(texts.length);
      expect(texts.join(''), 'every gap is filled').not.to.match(/[{}|*#]/);
    }
  });

  it('share no sentence and no filled-in word between the training set and the test set', () => {
    for (const kind of MESSAGE_KINDS) {
      const sentences = (part: 'train' | 'test') =>
        TEMPLATES[part][kind].flatMap(({ham, spam}) => [ham, spam]);
      const learned = new Set(sentences('train'));
      expect(sentences('test')).not.to.be.empty;
      for (const sentence of sentences('test')) expect(learned.has(sentence), sentence).to.equal(false);
    }
    for (const slot of Object.keys(WORDS.train) as Slot[])
      for (const word of WORDS.test[slot]) expect(WORDS.train[slot], word).not.to.include(word);
  });

  it('have the same words in both classes where the order decides', () => {
    for (const part of ['train', 'test'] as const)
      for (const {ham, spam} of TEMPLATES[part].order) {
        expect(ham).not.to.equal(spam);
        expect(bag(ham)).to.equal(bag(spam));
      }
  });

  it('refuses a number of messages that makes no split', () => {
    for (const messages of [0, 9, 10.5, Number.NaN, 20_001])
      expect(() => spamHam({messages})).to.throw(RangeError, 'from 10 to 20,000');
  });
});
