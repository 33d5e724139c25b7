import {expect} from '@open-wc/testing';
import {spamTable} from '../spam-ham/table.js';
import {readLabeled} from './read-labeled.js';

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

describe('reading labeled texts', () => {
  it('accounts for every row of a table in the form of the SMS Spam Collection', async () => {
    const {rows, delimiter, columns, leftOut, result, problem} = await readLabeled(
      await spamTable({rows: 1500}),
    );
    expect(problem).to.equal(undefined);
    expect(delimiter).to.equal('\t');
    expect(columns).to.deep.equal({label: 0, text: 1, header: false});
    const {split, malformedRows, usable, copies, different, used} = result!;
    expect(split.classes).to.deep.equal(['ham', 'spam']);
    expect(rows, 'no row is swallowed by a quotation mark').to.equal(1506);
    expect(leftOut.slice(0, 2)).to.deep.equal([
      {line: 119, problem: 'has no text'},
      {line: 370, problem: 'has no class'},
    ]);
    expect(sum(usable) + malformedRows).to.equal(rows);
    expect(sum(different) + copies).to.equal(sum(usable));
    expect(copies).to.be.above(0);
    expect(used).to.deep.equal([different[1], different[1]]);
    const {train, validation, test} = split;
    expect(train.length + validation.length + test.length).to.equal(sum(used));
    expect(train.length / sum(used)).to.be.closeTo(0.7, 0.01);
  });

  it('keeps the classes as they are unless it balances them', async () => {
    const {result} = await readLabeled(await spamTable({rows: 400}), {balanced: false});
    expect(result!.used).to.deep.equal(result!.different);
  });

  it('says what is wrong with the columns, and still shows the first rows', async () => {
    const table = Array.from({length: 30}, (_, n) => `ham,text ${n}`).join('\n');
    const one = await readLabeled(table);
    expect(one.problem).to.include('nothing to tell apart');
    expect(one.result).to.equal(undefined);
    expect(one.preview[0]!.fields).to.deep.equal(['ham', 'text 0']);
    const wrong = await readLabeled(table, {columns: {label: 1, text: 0, header: false}});
    expect(wrong.problem).to.include('not a column of classes');
    expect((await readLabeled('Some prose.\nNo table.\nNo classes.')).problem).to.include(
      'No row has two columns',
    );
  });

  it('lists texts that stand under two classes with their lines, also where a class then has none', async () => {
    const both = Array.from({length: 12}, (_, n) => `b,text ${n}\na,Text  ${n}`).join('\n');
    const {leftOut, leftOutRows, problem, result} = await readLabeled(both);
    expect(leftOutRows).to.equal(12);
    expect(leftOut[1]).to.deep.equal({
      line: 4,
      problem: 'has the text of line 3 under another class: “a”, not “b”',
    });
    expect(result).to.equal(undefined);
    expect(problem).to.include('“a” has 0 different texts').and.to.include('12 of its rows repeat a text');
  });

  it('reads many classes, and the names of columns', async () => {
    const rows = Array.from({length: 60}, (_, n) => `${n};"Text; ${n}";${['cat', 'dog', 'hen'][n % 3]}`);
    const {delimiter, columns, names, result} = await readLabeled(['id;text;animal', ...rows].join('\n'));
    expect(delimiter).to.equal(';');
    expect(columns).to.deep.equal({label: 2, text: 1, header: true});
    expect(names).to.deep.equal(['id', 'text', 'animal']);
    expect(result!.split.classes).to.deep.equal(['cat', 'dog', 'hen']);
    expect(result!.used).to.deep.equal([20, 20, 20]);
    expect(result!.split.test.every(({text}) => text.startsWith('Text; '))).to.equal(true);
  });
});
