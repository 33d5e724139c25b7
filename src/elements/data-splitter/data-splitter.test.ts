import {expect, fixture, html} from '@open-wc/testing';
import {spamTable} from '../../data/spam-ham/table.js';
import {announceLearner, labeledOf} from '../../state/labeled-data.js';
import {getModel} from '../../state/registry.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './data-splitter.js';
import {DataSplitterHarness} from './data-splitter.harness.js';
import type {DataSplitter} from './data-splitter.js';
import {betterContext} from './findings.js';

const CONFIG = '{"embDim": 8, "nHeads": 1, "nLayers": 1, "contextLength": 64}';
const TABLE = Array.from({length: 60}, (_, n) => `${['cat', 'dog', 'hen'][n % 3]},text number ${n}`).join(
  '\n',
);

async function setUp() {
  const model = await fixture<GptModel>(html`
    <gpt-model backend="cpu" seed="1" config=${CONFIG} .text=${'text number 0123456789. '.repeat(80)}
      ><data-splitter></data-splitter
    ></gpt-model>
  `);
  const element = model.querySelector('data-splitter')!;
  const harness = new DataSplitterHarness(element);
  await harness.read('generated messages');
  return {model: model.live, element, harness};
}

const tsv = (text: BlobPart, name: string) => new File([text], name, {type: 'text/tab-separated-values'});

describe('<data-splitter>', () => {
  it('shows what becomes of each row of an untidy table', async () => {
    const {harness} = await setUp();
    expect(harness.name).to.equal('generated messages: 1,004 rows, class in column 1, text in column 2');
    const [usable, different, balanced, sets] = harness.bars;
    expect(usable).to.match(/^1,000 rows with a class and a text ham \d+ spam \d+ 4 cannot be used$/);
    expect(different).to.match(/different texts .* are copies$/);
    const [, ham, spam] = balanced!.match(/ham (\d+) spam (\d+)/)!;
    expect(ham).to.equal(spam);
    expect(sets).to.match(/training \d+ \(70 %\) validation \d+ \(9 %\) test \d+ \(20 %\)/);
    expect(harness.leftOut.slice(0, 2)).to.deep.equal(['Line 119 has no text.', 'Line 370 has no class.']);
    expect(harness.findings.join(' ')).to.match(
      /\d+ texts? of the test set would also be in the training set/,
    );
  });

  it('gives three classes of a pasted table to the model, and takes them away', async () => {
    const {model, element, harness} = await setUp();
    const told: (string | undefined)[] = [];
    element.addEventListener('gpt-labeled', ({detail}) => told.push(detail.data?.name));
    await harness.paste(TABLE);
    await harness.read('pasted text');
    expect(harness.preview[0]).to.deep.equal(['cat', 'text number 0']);
    await harness.press('Learn from these texts');
    expect(labeledOf(model)!.classes).to.deep.equal(['cat', 'dog', 'hen']);
    expect(labeledOf(model)!.train).to.have.length(42);
    expect(harness.button('Learn from these texts').disabled).to.equal(true);
    await harness.press('Back to the generated messages');
    expect(labeledOf(model)).to.equal(undefined);
    expect(told).to.deep.equal(['pasted text', undefined]);
  });

  it('leads to a classifier that comes after its texts were given', async () => {
    const {model, harness} = await setUp();
    await harness.paste(TABLE);
    await harness.read('pasted text');
    await harness.press('Learn from these texts');
    expect(harness.hasButton('Go to the classifier')).to.equal(false);
    let shown = 0;
    announceLearner(model, () => shown++);
    await harness.until(() => harness.hasButton('Go to the classifier'), 'the button');
    await harness.press('Go to the classifier');
    expect(shown).to.equal(1);
  });

  it('lets its selects follow what was read, also after the reader has touched them', async () => {
    const {harness} = await setUp();
    await harness.paste(`animal,number,note\n${TABLE.replaceAll(',text', ',a,text')}`);
    await harness.read('pasted text');
    expect(harness.chosen).to.deep.equal(['animal', 'note', 'comma']);
    await harness.select('label', 'number');
    await harness.until(() => harness.error !== '', 'a problem');
    expect(harness.chosen).to.deep.equal(['number', 'note', 'comma']);
    await harness.paste(TABLE.replaceAll(',', ';').replaceAll(/(\w+);(.*)/g, '$2;$1'));
    await harness.until(() => harness.preview[0]?.[1] === 'cat', 'the other table');
    expect(harness.chosen).to.deep.equal(['column 2', 'column 1', 'semicolon']);
  });

  it('says what is missing in an emptied field, and which table is still shown', async () => {
    const {harness} = await setUp();
    await harness.source('paste');
    await harness.until(() => harness.missing !== '', 'the sentence');
    expect(harness.missing)
      .to.include('The field is empty')
      .and.to.include('Still shown: generated messages');
    await harness.paste(TABLE);
    await harness.read('pasted text');
    expect(harness.missing).to.equal('');
    await harness.paste('');
    await harness.until(() => harness.missing.includes('Still shown: pasted text'), 'the sentence again');
  });

  it('lists texts that stand under two classes with their lines, where one class has no others', async () => {
    const {harness} = await setUp();
    await harness.paste(Array.from({length: 12}, (_, n) => `b,text ${n}\na,text ${n}`).join('\n'));
    await harness.until(() => harness.error.includes('“a” has 0 different texts'), 'the sentence');
    expect(harness.leftOut[0]).to.equal('Line 2 has the text of line 1 under another class: “a”, not “b”.');
  });

  it('reads a table from the address in `src`', async () => {
    const src = URL.createObjectURL(new Blob([TABLE]));
    const element = await fixture<DataSplitter>(html`<data-splitter src=${src}></data-splitter>`);
    const harness = new DataSplitterHarness(element);
    await harness.until(() => harness.preview[0]?.[0] === 'cat', 'the table');
    element.src = '';
    await harness.read('generated messages');
    URL.revokeObjectURL(src);
  });

  it('offers the table that a model was given last, after a reload', async () => {
    const page =
      () => html`<gpt-model id="tables" backend="cpu" config=${CONFIG} .text=${'text number 0123456789. '.repeat(80)}
      ><data-splitter></data-splitter
    ></gpt-model>`;
    const before = await fixture<GptModel>(page());
    const first = new DataSplitterHarness(before.querySelector('data-splitter')!);
    await first.read('generated messages');
    await first.paste(TABLE);
    await first.read('pasted text');
    await first.press('Learn from these texts');
    const {lastTable} = await import('./last-table.js');
    let kept = await lastTable(before.live);
    while (!kept) kept = await lastTable(before.live);
    before.remove();
    await first.until(() => getModel('tables') === undefined, 'the end of the model');
    const after = await fixture<GptModel>(page());
    const again = new DataSplitterHarness(after.querySelector('data-splitter')!);
    await again.until(() => again.hasButton('Back to it'), 'the offer');
    await again.press('Back to it');
    await again.until(() => labeledOf(after.live)?.name === 'pasted text', 'the table');
    expect(again.preview[0]).to.deep.equal(['cat', 'text number 0']);
    await again.press('Back to the generated messages');
    while (kept) kept = await lastTable(after.live);
  });

  it('breaks long names of classes on a narrow screen', async () => {
    const {element, harness} = await setUp();
    element.style.width = '320px';
    const names = ['questions about the delivery of parcels to other countries', 'x'.repeat(60)];
    await harness.paste(
      Array.from({length: 40}, (_, n) => `${names[n % 2]},${`text number ${n} `.repeat(8)}`).join('\n'),
    );
    await harness.read('pasted text');
    const flow = element.renderRoot.querySelector('.flow')!;
    expect(flow.scrollWidth).to.be.at.most(320);
  });

  it('offers a longer context only where that cuts fewer texts', () => {
    const lengths = new Int32Array(60).fill(10);
    lengths[0] = 180_000;
    expect(betterContext(lengths, 64)).to.equal(undefined);
    lengths[1] = lengths[2] = 200;
    expect(betterContext(lengths, 64)).to.equal(1024);
    lengths[0] = 100;
    expect(betterContext(lengths, 64)).to.equal(256);
  });

  it('says what is wrong with a chosen column, and takes another', async () => {
    const {harness} = await setUp();
    await harness.paste(`animal,number,note\n${TABLE.replaceAll(',text', ',a,text')}`);
    await harness.read('pasted text');
    expect(harness.bars[0]).to.match(/^60 rows/);
    await harness.select('label', 'number');
    await harness.until(() => harness.error !== '', 'a problem');
    expect(harness.error).to.include('nothing to tell apart');
    await harness.select('label', 'note');
    await harness.until(() => harness.error.includes('not a column of classes'), 'another problem');
    await harness.select('label', 'animal');
    await harness.until(() => harness.error === '' && harness.bars.length > 0, 'bars');
    expect(harness.bars[0]).to.match(/^60 rows/);
  });

  it('refuses files that hold no table with a sentence each, and keeps the texts of before', async () => {
    const {model, harness} = await setUp();
    await harness.paste(TABLE);
    await harness.read('pasted text');
    await harness.press('Learn from these texts');
    const given = labeledOf(model);
    const large = tsv('ham\tHello there, how are you\n', 'large.tsv');
    Object.defineProperty(large, 'size', {value: 200_000_000});
    const cases: [File, string][] = [
      [tsv('', 'empty.tsv'), '“empty.tsv” is empty. Paste or choose a table'],
      [tsv(new Uint8Array(64), 'program.bin'), 'save the table as CSV'],
      [large, '“large.tsv” has 200 MB'],
    ];
    for (const [file, sentence] of cases) {
      await harness.drop(file);
      await harness.until(() => harness.error.includes(sentence), sentence);
      expect(harness.name).to.include('pasted text: 60 rows');
    }
    await harness.drop(tsv('ham\tHi', 'short.tsv'));
    await harness.until(() => harness.name === 'short.tsv: 1 row', 'a table of one row');
    await harness.drop(tsv('ham\tHello you\n'.repeat(20), 'one.tsv'));
    await harness.until(() => harness.name.startsWith('one.tsv'), 'the table of one class');
    await harness.until(() => harness.error.includes('nothing to tell apart'), 'the sentence on one class');
    expect(harness.hasButton('Learn from these texts')).to.equal(false);
    expect(labeledOf(model)).to.equal(given);
  });

  it('says how many texts the context cuts, and gives the model a longer one that can be undone', async () => {
    const {model, harness} = await setUp();
    const long = Array.from(
      {length: 40},
      (_, n) => `${n % 2 ? 'spam' : 'ham'}\ttext ${n} ${'x'.repeat(n < 20 ? 0 : 100)}`,
    );
    await harness.paste(long.join('\n').replaceAll('x', 't'));
    await harness.read('pasted text');
    const words = () => harness.findings.join(' ');
    expect(words()).to.include('50 % of the texts are longer than the 64 tokens');
    expect(words()).to.include('A context of 128 tokens would cut none');
    await harness.press('Use a context of 128');
    await harness.until(() => words().includes('which reads 128, cuts none'), 'the longer context');
    expect(model.spec.config!.contextLength).to.equal(128);
    await harness.press('Undo');
    await harness.until(() => words().includes('longer than the 64 tokens'), 'the former context');
  });

  it('says that Undo does not restore training which the browser could not save', async () => {
    const {model, harness} = await setUp();
    await model.stepOnce();
    model.save = async () => {
      throw new Error('no room');
    };
    const long = Array.from(
      {length: 40},
      (_, n) => `${n % 2 ? 'spam' : 'ham'}\ttext ${n} ${'t'.repeat(n < 20 ? 0 : 100)}`,
    );
    await harness.paste(long.join('\n'));
    await harness.read('pasted text');
    await harness.press('Use a context of 128');
    await harness.until(() => harness.text.includes('could not save the trained weights'), 'the sentence');
  });

  it('leaves out texts with characters that the model’s vocabulary lacks', async () => {
    const {model, harness} = await setUp();
    await harness.paste(TABLE.replace('text number 7\n', 'text £ 7\n'));
    await harness.read('pasted text');
    expect(harness.findings.join(' ')).to.include('1 text has a character that the model’s vocabulary lacks');
    await harness.press('Learn from these texts');
    const {train, validation, test} = labeledOf(model)!;
    expect(harness.findings.join(' '), 'of the others').to.include('cuts none');
    expect(train.length + validation.length + test.length).to.equal(59);
  });

  it('gives nothing to a model whose vocabulary can write none of the texts', async () => {
    const {harness} = await setUp();
    expect(harness.findings.join(' ')).to.include(
      '276 texts have characters that the model’s vocabulary lacks',
    );
    expect(harness.button('Learn from these texts').disabled).to.equal(true);
  });

  it('reads 5,574 rows in the form of the SMS Spam Collection without losing one', async () => {
    const {harness} = await setUp();
    await harness.drop(tsv(await spamTable({rows: 5574}), 'SMSSpamCollection'));
    await harness.read('SMSSpamCollection');
    expect(harness.name).to.include('SMSSpamCollection: 5,596 rows');
    expect(harness.bars[0]).to.match(/^5,574 rows with a class and a text/);
  });
});
