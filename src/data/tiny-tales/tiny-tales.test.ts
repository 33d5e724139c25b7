import {expect} from '@open-wc/testing';
import {uniformAt} from '../../math/rng.js';
import {GRAMMAR, optionsFor, remember, type Story} from './grammar.js';
import {DEFAULT_STORIES, grammarFacts, logProbability, tellStory, tinyTales} from './index.js';
import {derivations} from './score.js';
import {BOYS, GIRLS, KINDS} from './words.js';

const sample = (seed: number, count: number) => Array.from({length: count}, (_, i) => tellStory(seed, i));

/** Milliseconds of the quickest of many runs, in compiled code. */
function quickest(run: (seed: number) => unknown): number {
  const results: unknown[] = []; // kept, so that no compiler leaves the work out
  const times = Array.from({length: 100}, (_, seed) => {
    const start = performance.now();
    results.push(run(seed));
    return performance.now() - start;
  });
  return Math.min(...times);
}

describe('tinyTales', () => {
  it('tells the same stories for the same seed, others for another', () => {
    expect(tinyTales({seed: 3, stories: 20}).text).to.equal(tinyTales({seed: 3, stories: 20}).text);
    expect(tinyTales({seed: 4, stories: 20}).text).to.not.equal(tinyTales({seed: 3, stories: 20}).text);
    const more = tinyTales({seed: 3, stories: 30}).text;
    expect(more.startsWith(tinyTales({seed: 3, stories: 20}).text)).to.equal(true);
  });

  it('writes one story a line, 2,000 by default, some 300 kB', () => {
    const {text, name} = tinyTales();
    expect(name).to.equal('tiny-tales');
    expect(text.endsWith('\n')).to.equal(true);
    expect(DEFAULT_STORIES).to.equal(2000);
    expect(text.trimEnd().split('\n').length).to.equal(2000);
    expect(text.length).to.be.within(270_000, 330_000);
  });

  it('is there at once: a story takes no longer than 10,000 random numbers', () => {
    // Both in pieces of some milliseconds, the quickest of many: what else the machine does then matters little.
    const story = quickest((seed) => tinyTales({seed, stories: 500})) / 500;
    const number =
      quickest((seed) => {
        let sum = 0;
        for (let i = 0; i < 1_000_000; i++) sum += uniformAt(seed, i);
        return sum;
      }) / 1_000_000;
    expect(story / number).to.be.below(10_000);
  });

  it('writes only words that it lists, and lists none that it never writes', () => {
    const {text, words} = tinyTales({stories: 6000});
    expect(new Set(text.match(/[A-Za-z]+/g))).to.deep.equal(words); // the rarest of them comes some 150 times
  });

  it('keeps a small alphabet', () => {
    const alphabet = new Set(tinyTales().text);
    expect(alphabet.size).to.be.within(38, 45);
    expect([...alphabet].every((character) => /[A-Za-z ,.!?"\n]/.test(character))).to.equal(true);
  });

  it('keeps to English: “a” before consonants, pronouns that agree, nobody their own friend', () => {
    for (const story of sample(12, 2000)) {
      expect(story).to.not.match(/\ba [aeiou]/i);
      const names = [...new Set(story.match(/[A-Z][a-z]+/g))].filter((word) =>
        [...GIRLS, ...BOYS].includes(word),
      );
      expect(names.length, story).to.equal(2);
      const hero = names[0]!;
      const wrong = GIRLS.includes(hero) ? /\b(he|his|him)\b/i : /\b(she|her)\b/i;
      expect(story).to.not.match(wrong);
    }
  });

  it('refuses a number of stories that is none', () => {
    expect(() => tinyTales({stories: 0})).to.throw(RangeError, 'at least 1');
    expect(() => tinyTales({stories: 1.5})).to.throw(RangeError, '1.5');
  });
});

describe('logProbability', () => {
  it('finds exactly one way for each story', () => {
    for (const story of sample(5, 3000)) expect(derivations(story).length, story).to.equal(1);
  });

  it('recovers from the text alone the probability with which it was drawn', () => {
    let n = 0;
    const next = () => (n = (n * 16807 + 7) % 2147483647) / 2147483647; // any source of numbers will do
    for (let i = 0; i < 500; i++) {
      const {text, cost} = tellCounting(next);
      expect(logProbability(text)).to.be.closeTo(-cost, 1e-9);
    }
  });

  it('adds up by hand', () => {
    const story = 'Mia found a big red kite by the pond. She sang. Tom was by the pond too. "Bye," said Tom.';
    expect(logProbability(story)).to.equal(Number.NEGATIVE_INFINITY); // nobody talks
    const whole = story.replace('"Bye', '"Is it fun?" asked Tom. "Bye');
    //     kind  template  hero found size look thing where | template sang | template friend | template seems | template bye
    const choices = [3, 4, 12, 4, 6, 6, 6, 10, 8, 6, 7, 11, 6, 6, 10, 2];
    expect(logProbability(whole)).to.be.closeTo(-choices.reduce((sum, n) => sum + Math.log(n), 0), 1e-9);
    expect(logProbability(`${whole}\n`)).to.equal(logProbability(whole));
  });

  it('gives no probability to what the grammar cannot tell', () => {
    const story = sample(1, 1)[0]!.trimEnd();
    expect(logProbability(story)).to.be.above(Number.NEGATIVE_INFINITY);
    for (const wrong of [
      '',
      'x',
      story.slice(1),
      story.slice(0, -1),
      `${story} ${story}`,
      story.replace('a', 'b'),
      `${story}\n\n`,
    ])
      expect(logProbability(wrong), wrong).to.equal(Number.NEGATIVE_INFINITY);
  });
});

describe('grammarFacts', () => {
  it('agrees with 20,000 stories told and read: nats and characters', () => {
    const stories = sample(77, 20_000);
    const facts = grammarFacts();
    const nats = stories.map((story) => -logProbability(story));
    const lengths = stories.map((story) => story.length);
    // Five standard errors: fails once in two million seeds, and on any mistake of half a per cent.
    expect(Math.abs(mean(nats) - facts.entropyPerStory)).to.be.below(5 * standardError(nats));
    expect(Math.abs(mean(lengths) - facts.charactersPerStory)).to.be.below(5 * standardError(lengths));
    expect(5 * standardError(nats)).to.be.below(0.005 * facts.entropyPerStory);
    expect(mean(nats) / mean(lengths)).to.be.closeTo(facts.entropyPerCharacter, 0.001);
  });

  it('is what the corpus carries', () => {
    expect(tinyTales({stories: 1}).entropyPerCharacter).to.equal(grammarFacts().entropyPerCharacter);
  });
});

/** The generator once more, with the price of each choice counted: what `logProbability` has to find out by reading. */
function tellCounting(next: () => number): {text: string; cost: number} {
  let cost = 0;
  const pick = <T>(options: readonly T[]): T => {
    cost += Math.log(options.length);
    return options[Math.floor(next() * options.length)]!;
  };
  let story: Story = {kind: pick(KINDS), remembered: {}};
  let text = '';
  for (const templates of GRAMMAR)
    for (const part of pick(templates)) {
      const word = 'literal' in part ? part.literal : pick(optionsFor(part.slot, story));
      text += word;
      if ('slot' in part) story = remember(story, part.slot, word);
    }
  return {text, cost};
}

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
function standardError(values: number[]): number {
  const m = mean(values);
  return Math.sqrt(mean(values.map((v) => (v - m) ** 2)) / values.length);
}
