import {expect} from '@open-wc/testing';
import {readLabeled} from '../../data/labeled/read-labeled.js';
import {MOST_TEXTS} from '../../data/labeled.js';
import {barsOf} from './flow-view.js';

const table = (rows: number): string =>
  Array.from({length: rows}, (_, n) => `${n % 2 ? 'ham' : 'spam'},text number ${n}`).join('\n');

describe('the steps from rows to texts in use', () => {
  it('take equally many of each class, and say so, where there are more texts than a page takes', async () => {
    const {result} = await readLabeled(table(MOST_TEXTS + 400));
    const last = barsOf(result!, true).at(-1)!;
    expect(last.counts).to.deep.equal([MOST_TEXTS / 2, MOST_TEXTS / 2]);
    expect(last.gone).to.equal(400);
    expect(last.reason).to.equal('left out at random: a page takes 20,000 texts at most');
  });

  it('name no limit below it', async () => {
    const {result} = await readLabeled(`${table(60)}\nham,one more`);
    const last = barsOf(result!, true).at(-1)!;
    expect(last.counts).to.deep.equal([30, 30]);
    expect(last.reason).to.equal('left out at random');
  });
});
