import {expect} from '@open-wc/testing';
import {nearest} from '../../math/neighbors.js';
import {normals} from '../../math/rng.js';
import {mean} from '../../math/stats.js';
import {nearestByChance} from './map-words.js';
import {Snapshots} from './snapshots.js';
import {classify} from './token-classes.js';

const table = (step: number, rows = 3, width = 2) => ({
  ids: Array.from({length: rows}, (_, i) => i),
  tokens: Array.from({length: rows}, (_, i) => `t${i}`),
  values: new Float32Array(rows * width).fill(step),
  width,
  vocabSize: rows,
  step,
});

describe('Snapshots', () => {
  it('Snapshots keeps at most 48, from the first to the newest, evenly spaced', () => {
    const store = new Snapshots();
    for (let step = 0; step <= 2000; step++) {
      store.add(table(step));
      expect(store.all.length).to.be.at.most(48);
      expect(store.all[0]!.step).to.equal(0);
      expect(store.all.at(-1)!.step).to.equal(step);
    }
    const steps = store.all.map((snapshot) => snapshot.step);
    expect(steps.length).to.be.at.least(24);
    const gaps = steps.slice(1, -1).map((step, i) => step - steps[i]!);
    expect(Math.max(...gaps)).to.be.at.most(2 * Math.min(...gaps));
    for (const {step, values} of store.all) expect(values[0]).to.equal(step);
  });

  it('Snapshots takes at most 16 MB when tables are large', () => {
    const store = new Snapshots();
    for (let step = 0; step < 30; step++) store.add(table(step, 400, 2000));
    expect(store.all.length * 400 * 2000 * 4).to.be.at.most(16 * 2 ** 20);
    expect(store.all.at(-1)!.step).to.equal(29);
  });

  it('Snapshots starts over with another model and when a run starts over', () => {
    const store = new Snapshots();
    store.add(table(0));
    store.add(table(9));
    store.add(table(2));
    expect(store.all.map(({step}) => step)).to.deep.equal([2]);
    store.add(table(3, 4));
    expect(store.all.map(({step}) => step)).to.deep.equal([3]);
    expect(store.tokens).to.have.length(4);
  });

  it('Snapshots keeps the rows of a large table that are in use', () => {
    const store = new Snapshots();
    store.add(table(0, 1000), [999, 500, 12345]);
    expect(store.ids).to.deep.equal([500, 999]);
    expect(store.all[0]!.values).to.have.length(4);
    store.add(table(1, 1000), [999, 500, 12345]);
    expect(store.all).to.have.length(2);
    store.add(table(0, 80), [7]);
    expect(store.ids, 'an alphabet is shown completely').to.have.length(80);
    const unknown = new Snapshots();
    unknown.add(table(0, 1000));
    expect(unknown.ids).to.have.length(400);
  });
});

describe('classify', () => {
  const kinds = (tokens: string[]) => classify(tokens)?.map(({name}) => name);

  it('classify returns classes of characters for single characters, and of words for words', () => {
    expect(kinds(['a', 'b', 'C', ' ', '§'])).to.deep.equal([
      'vowels',
      'consonants',
      'capitals',
      'marks and spaces',
      'marks and spaces',
    ]);
    expect(kinds(['Mia', ' she', ' ball', ' red', 'She', 'zzz'])).to.deep.equal([
      'names',
      'pronouns',
      'things and animals',
      'adjectives',
      'pronouns',
      'other',
    ]);
    expect(kinds(['zzz', 'qqq', 'Mia'])).to.equal(undefined);
  });
});

describe('nearestByChance', () => {
  for (const [count, width] of [
    [42, 48],
    [400, 64],
    [18, 24],
  ] as const)
    it(`nearestByChance matches the mean over ${count} random vectors of ${width} numbers`, () => {
      const table = normals(count * width, 0, 0.02, 11);
      const closest = Array.from({length: count}, (_, row) => nearest(table, width, row, 1)[0]!.similarity);
      const chance = nearestByChance(count, width);
      expect(mean(closest) / chance).to.be.within(0.9, 1.1);
      expect(closest.filter((similarity) => similarity > 1.5 * chance).length / count).to.be.lessThan(0.05);
    });
});
