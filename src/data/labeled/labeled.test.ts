import {expect} from '@open-wc/testing';
import {CorpusError} from '../corpus.js';
import {spamHam} from '../spam-ham/index.js';
import {trainBagOfWords, wordsOf} from './bag-of-words.js';
import {guessDelimiter, readRows} from './read-rows.js';
import {balance, leaked, splitTexts, withoutCopies} from './split.js';
import {guessColumns, labelRows} from './table.js';

const fieldsOf = async (text: string, delimiter: '\t' | ',' = ',') =>
  (await readRows(text, delimiter)).map(({fields}) => fields);

describe('a table of labeled texts', () => {
  it('is read with quoted delimiters, quoted marks and quoted line ends', async () => {
    expect(await fieldsOf('ham,"Hi, Mia"\nspam,"He said ""free"""\nham,"two\nlines"\n\nspam,')).to.deep.equal(
      [
        ['ham', 'Hi, Mia'],
        ['spam', 'He said "free"'],
        ['ham', 'two\nlines'],
        ['spam', ''],
      ],
    );
  });

  it('keeps every row where quotation marks never close, as in the SMS Spam Collection', async () => {
    const text = 'ham\t"Never closed\nspam\tWin "now" now\nham\tsaid "so"\nham\t"Closed" here\nspam\tlast"';
    expect(await fieldsOf(text, '\t')).to.deep.equal([
      ['ham', '"Never closed'],
      ['spam', 'Win "now" now'],
      ['ham', 'said "so"'],
      ['ham', '"Closed" here'],
      ['spam', 'last"'],
    ]);
  });

  it('tells its delimiter, its columns and its header by itself', async () => {
    expect(guessDelimiter('ham\tHi, you, there\nspam\tWin, now')).to.equal('\t');
    expect(guessDelimiter('ham,Hi\nspam,Win\nham,Bye')).to.equal(',');
    const rows = await readRows(
      'id,text,class\n1,Hello there,ham\n2,Win this now,spam\n3,See you later,ham',
      ',',
    );
    expect(guessColumns(rows)).to.deep.equal({label: 2, text: 1, header: true});
    const constant = await readRows('mail,Hello there,ham\nmail,Win this now,spam\nmail,See you,ham', ',');
    expect(guessColumns(constant).label, 'not the column that is the same everywhere').to.equal(2);
    const without = await readRows('ham\tHello there\nspam\tWin this now\nham\tSee you later', '\t');
    expect(guessColumns(without)).to.deep.equal({label: 0, text: 1, header: false});
  });

  it('is read right also where it has a few rows only', async () => {
    const guess = async (text: string) => guessColumns(await readRows(text, ','));
    const pair = {label: 0, text: 1};
    expect(await guess('spam,Win now\nham,Hi')).to.deep.equal({...pair, header: false});
    expect(await guess('cat,It purrs\ndog,It barks\nhen,It clucks')).to.deep.equal({...pair, header: false});
    expect(await guess('label,text\nspam,Win now\nham,Hi')).to.deep.equal({...pair, header: true});
    expect(await guess('animal,says\ncat,It purrs\ndog,It barks')).to.deep.equal({...pair, header: true});
    expect(await guess('1,Win now,spam\n2,Hi you,ham')).to.deep.equal({label: 2, text: 1, header: false});
    expect(
      await guess('very kind,Hi\nvery rude,No\nvery kind,Yes\nvery kind,Bye\nvery rude,Go'),
    ).to.deep.equal({
      ...pair,
      header: false,
    });
  });

  it('is cut at its delimiter and not at the marks in its sentences', () => {
    expect(guessDelimiter('Hello, you;ham\nBye, now;spam')).to.equal(';');
    expect(guessDelimiter('spam,"Win; now"\nham,"Hi; you"')).to.equal(',');
    expect(guessDelimiter('spam, Win\nham, Hi')).to.equal(',');
    expect(guessDelimiter('ham\tHi, you\nspam\tWin, now')).to.equal('\t');
  });

  it('lists rows that cannot be used with their lines, and uses the others', async () => {
    const rows = await readRows('ham\tHello\n\nspam\n\tNo class\nspam\tWin', '\t');
    const {classes, texts, malformed} = labelRows(rows, {label: 0, text: 1, header: false});
    expect(classes).to.deep.equal(['ham', 'spam']);
    expect(texts).to.deep.equal([
      {line: 1, text: 'Hello', label: 0},
      {line: 5, text: 'Win', label: 1},
    ]);
    expect(malformed).to.deep.equal([
      {line: 3, problem: 'has no text'},
      {line: 4, problem: 'has no class'},
    ]);
  });

  it('lists a row with more columns than the others, whose text was cut', async () => {
    const rows = await readRows('spam,Win\nham,Hi, Mia\nham,Bye', ',');
    const {classes, texts, malformed} = labelRows(rows, {label: 0, text: 1, header: false});
    expect(classes, 'in alphabetical order').to.deep.equal(['ham', 'spam']);
    expect(texts.map(({label}) => label)).to.deep.equal([1, 0]);
    expect(malformed).to.have.length(1);
    expect(malformed[0]!.problem).to.include('has 3 columns, not 2');
  });

  it('refuses a wrong column, a single class and a table without a usable row, each with a sentence', async () => {
    const table = await readRows(Array.from({length: 30}, (_, n) => `ham,text ${n}`).join('\n'), ',');
    const label = (columns: {label: number; text: number}) => () =>
      labelRows(table, {...columns, header: false});
    expect(label({label: 1, text: 0})).to.throw(CorpusError, 'not a column of classes');
    expect(label({label: 0, text: 1})).to.throw(CorpusError, 'nothing to tell apart');
    expect(label({label: 7, text: 1})).to.throw(CorpusError, 'No row has both');
  });
});

describe('labeled texts', () => {
  const texts = Array.from({length: 100}, (_, n) => ({text: `text ${n}`, label: n % 5 === 0 ? 1 : 0}));

  it('are balanced to the rarest class and keep their order', () => {
    const balanced = balance(texts, 1);
    expect(balanced.filter(({label}) => label === 1)).to.have.length(20);
    expect(balanced.filter(({label}) => label === 0)).to.have.length(20);
    expect(balanced).to.deep.equal(texts.filter((text) => balanced.includes(text)));
    expect(balance(texts, 2)).not.to.deep.equal(balanced);
  });

  it('are split 70, 10 and 20 % of each class, every text into one set', () => {
    const {train, validation, test} = splitTexts(['a', 'b'], texts, 1);
    expect([train, validation, test].map((set) => set.length)).to.deep.equal([70, 10, 20]);
    expect([...train, ...validation, ...test]).to.have.deep.members(texts);
    expect([train, validation, test].map((set) => set.filter(({label}) => label === 1).length)).to.deep.equal(
      [14, 2, 4],
    );
    expect(() => splitTexts(['a', 'b'], texts.slice(0, 20), 1)).to.throw(
      CorpusError,
      '“b” has 4 different texts',
    );
  });

  it('are kept once each, and copies are counted, with those that contradict the first', () => {
    const copies = [
      {text: ' TEXT  3', label: 0},
      {text: 'text 5', label: 0},
    ];
    const {texts: different, ...counts} = withoutCopies([...texts, ...copies]);
    expect(different).to.deep.equal(texts);
    expect(counts).to.deep.equal({copies: 2, conflicts: [{text: copies[1], first: texts[5]}]});
    expect(leaked({train: texts.slice(0, 4), test: copies})).to.equal(1);
  });
});

describe('the bag-of-words baseline', () => {
  it('reads words in any script and ignores their order', async () => {
    expect(wordsOf('Don’t pay, Naïve! 2 coins')).to.deep.equal(['don', 't', 'pay', 'naïve', '2', 'coins']);
    const {train} = spamHam({messages: 200});
    const {predict} = await trainBagOfWords(train, 2);
    expect(predict('You pay me before you get it.')).to.deep.equal(predict('You get it before you pay me.'));
    expect(predict('Win a free kite!')[1]).to.be.above(0.9);
  });

  it('is right about 75 to 90 % of the test messages, and guesses where the order decides', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const {train, test} = spamHam({seed});
      const {predict} = await trainBagOfWords(train, 2);
      const right = test.map(({text, label}) => predict(text)[label]! > 0.5);
      const share = (kind?: string): number => {
        const chosen = right.filter((_, i) => !kind || test[i]!.kind === kind);
        return chosen.filter(Boolean).length / chosen.length;
      };
      expect(share(), `seed ${seed}`).to.be.within(0.75, 0.9);
      expect(share('order'), `order, seed ${seed}`).to.be.below(0.6);
    }
  });
});
