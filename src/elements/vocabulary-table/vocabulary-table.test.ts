import {expect, fixture, html} from '@open-wc/testing';
import '../gpt-model/gpt-model.js';
import {loadTiktoken} from '../../tokenizers/tiktoken.js';
import {savedLines, savedWords} from '../../ui/testing/saved-file.js';
import {countIds, find, readVocabulary, sort, type Vocabulary} from './vocabulary.js';
import './vocabulary-table.js';
import {VocabularyTableHarness} from './vocabulary-table.harness.js';
import type {VocabularyTable} from './vocabulary-table.js';

const TEXT = 'the cat and the dog and the bird';

async function setUp(attributes: Partial<VocabularyTable> = {}) {
  const element = await fixture<VocabularyTable>(html`<vocabulary-table .text=${TEXT}></vocabulary-table>`);
  Object.assign(element, attributes);
  const harness = new VocabularyTableHarness(element);
  await harness.drawn();
  return {element, harness};
}

describe('<vocabulary-table>', () => {
  it('shows every token with its id, its bytes and its count in the text', async () => {
    const {harness} = await setUp();
    expect(harness.rowCount).to.equal(50_257);
    expect(harness.rows[0]).to.deep.include({id: 0, token: '!', bytes: '21', count: '0', index: 2});
    expect(harness.readout).to.equal(
      'All 50,257 tokens. The text (8 tokens) uses 6 of the 50,257, never the other 50,251: 256 single bytes, kept so that any text can be written, and 49,995 pieces that other texts need.',
    );
    await harness.search('#262');
    expect(harness.rows).to.deep.equal([
      {id: 262, token: '·the', bytes: '20 74 68 65', count: '2', index: 2, current: true},
    ]);
  });

  it('renders only the visible rows, even of 200,000', async () => {
    const {harness} = await setUp({encoding: 'o200k_base'});
    expect(harness.rowCount).to.equal(200_019);
    expect(harness.rows.length).to.be.above(5).and.below(60);
    harness.body.scrollTop = harness.body.scrollHeight;
    await harness.until(() => harness.rows.at(-1)?.id === 200_018, 'the last row');
    expect(harness.rows.at(-1)!.token).to.equal('<|endofprompt|>');
    expect(harness.rows.length).to.be.below(60);
  });

  it('finds parts of tokens, with a space typed as a space or as a dot', async () => {
    const {harness} = await setUp();
    await harness.search(' kit');
    const tokens = harness.rows.map(({token}) => token);
    expect(tokens).to.include('·kitchen');
    for (const token of tokens) expect(token.toLowerCase()).to.contain('·kit');
    const {rowCount} = harness;
    await harness.search('·kit');
    expect(harness.rowCount).to.equal(rowCount);
    await harness.search('no token contains this');
    expect(harness.rows).to.have.lengthOf(0);
    expect(harness.readout).to.contain('No token contains this');
    await harness.search('');
    expect(harness.rowCount).to.equal(50_257);
  });

  it('exports the rows on show in their order', async () => {
    const {element, harness} = await setUp();
    await harness.search('kitc');
    await harness.sortBy('length');
    expect(await savedLines(element.renderRoot)).to.deep.equal([
      'id,token,bytes,hexadecimal,count',
      ...harness.rows.map(({id, token, bytes}) => {
        const text = token.replaceAll('·', ' ');
        const hexadecimal = [...new TextEncoder().encode(text)].map((byte) => byte.toString(16)).join(' ');
        expect(hexadecimal.startsWith(bytes.replace(' …', ''))).to.equal(true);
        return `${id},${text},${text.length},${hexadecimal},0`;
      }),
    ]);
    expect(harness.rows.length).to.be.above(2);
  });

  it('says above the table how its rows are sorted', async () => {
    const {harness, element} = await setUp({encoding: 'gpt2', text: 'a'});
    expect(harness.words('.lead')).to.contain('first the single bytes, then the merges');
    element.order = 'frequency';
    element.descending = true;
    await element.updateComplete;
    expect(harness.words('.lead')).to.contain('the most frequent first').and.not.to.contain('bytes');
  });

  it('sorts by each column and sets aria-sort', async () => {
    const {harness} = await setUp();
    await harness.sortBy('frequency');
    expect(harness.sorted).to.deep.equal({
      id: 'none',
      token: 'none',
      length: 'none',
      frequency: 'descending',
    });
    expect(harness.rows.slice(0, 2).map(({token, count}) => [token, count])).to.deep.equal([
      ['·the', '2'],
      ['·and', '2'],
    ]);
    await harness.sortBy('length');
    expect(harness.rows[0]!.bytes).to.contain('…');
    await harness.sortBy('id');
    await harness.sortBy('id');
    expect(harness.sorted.id).to.equal('descending');
    expect(harness.rows[0]!.id).to.equal(50_256);
  });

  it('moves through the rows with the keyboard', async () => {
    const {harness} = await setUp();
    const current = () => harness.rows.find(({current}) => current)?.id;
    await harness.key('ArrowDown');
    expect(current()).to.equal(1);
    await harness.key('End');
    await harness.until(() => current() === 50_256, 'the last row');
    await harness.key('PageUp');
    await harness.until(() => (current() ?? 50_256) < 50_256, 'a page up');
    await harness.key('Home');
    await harness.until(() => current() === 0, 'the first row');
  });

  it('shows the vocabulary of the model that contains it', async () => {
    const model = await fixture(html`
      <gpt-model backend="cpu" .text=${'abc '.repeat(200)} config='{"embDim": 8, "nHeads": 1, "nLayers": 1, "contextLength": 8}'>
        <vocabulary-table .text=${'cab'}></vocabulary-table>
      </gpt-model>
    `);
    const harness = new VocabularyTableHarness(model.querySelector('vocabulary-table')!);
    await harness.drawn();
    expect(harness.rows.map(({token, count}) => [token, count])).to.deep.equal([
      ['·', '0'],
      ['a', '1'],
      ['b', '1'],
      ['c', '1'],
    ]);
  });

  it('leaves out the parts that its attributes switch off', async () => {
    const {harness, element} = await setUp();
    for (const [attribute, selector] of Object.entries({
      'without-controls': 'input',
      'without-lead': '.lead',
      'without-footer': '.footer',
    })) {
      expect(harness.has(selector), `${selector} before`).to.equal(true);
      element.toggleAttribute(attribute, true);
      await element.updateComplete;
      expect(harness.has(selector), `${selector} after`).to.equal(false);
    }
  });

  it('is accessible', async () => {
    const {element} = await setUp();
    await expect(element).to.be.accessible();
  });
});

describe('a vocabulary', () => {
  let vocabulary: Vocabulary;
  before(async () => {
    const tokens = ['b', 'a', ' a', 'B'].map((token) => new TextEncoder().encode(token));
    const {signal} = new AbortController();
    vocabulary = await readVocabulary({vocabSize: 4, bytes: (id) => tokens[id]!}, signal);
  });

  it('has the same alphabetical order whether sorted in slices or at once', async () => {
    const tokenizer = await loadTiktoken('gpt2');
    const {signal} = new AbortController();
    const {vocabSize} = tokenizer;
    const all = await readVocabulary({vocabSize, bytes: (id) => tokenizer.bytes(id)}, signal);
    const expected = Array.from(all.labels.keys()).sort((a, b) =>
      all.labels[a]! < all.labels[b]! ? -1 : all.labels[a]! > all.labels[b]! ? 1 : a - b,
    );
    expect(sort([...all.labels.keys()], all, undefined, 'token', false)).to.deep.equal(expected);
  });

  it('is read in slices, and reading stops when it is aborted', async () => {
    const tokenizer = await loadTiktoken('gpt2');
    const bytes = (id: number) => tokenizer.bytes(id);
    const ending = new AbortController();
    let read = 0;
    const counted = (id: number) => {
      read++;
      return bytes(id);
    };
    const {vocabSize} = tokenizer;
    const reading = readVocabulary({vocabSize, bytes: counted}, ending.signal).catch(({name}: Error) => name);
    ending.abort();
    expect(await reading).to.equal('AbortError');
    expect(read).to.equal(4000);
  });

  it('is searched case-insensitively', () => {
    expect(find(vocabulary, 'b')).to.deep.equal([0, 3]);
    expect(find(vocabulary, ' a')).to.deep.equal([2]);
    expect(find(vocabulary, '#4')).to.deep.equal([]);
  });

  it('is sorted by each column, with ties in the order of ids', () => {
    const counts = countIds([2, 2, 0], 4);
    const sorted = (order: Parameters<typeof sort>[3], descending: boolean) =>
      sort([0, 1, 2, 3], vocabulary, counts, order, descending);
    expect(sorted('id', true)).to.deep.equal([3, 2, 1, 0]);
    expect(sorted('token', false)).to.deep.equal([3, 1, 0, 2]);
    expect(sorted('length', true)).to.deep.equal([2, 0, 1, 3]);
    expect(sorted('frequency', true)).to.deep.equal([2, 0, 1, 3]);
  });

  it('saves a picture of the first rows in their order', async () => {
    const {element, harness} = await setUp();
    await harness.search('#262');
    const words = await savedWords(element.shadowRoot!);
    expect(words).to.include('·the').and.to.include('262').and.to.include('20 74 68 65');
  });
});
