import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import {cutWindows, ShuffledWindows} from '../../data/batches.js';
import type {CorpusSpec} from '../../data/corpus.js';
import {toyCorpus} from '../../data/toy-tasks/index.js';
import {slidingWindows, splitTokens} from '../../data/windows.js';
import {CharTokenizer} from '../../tokenizers/char.js';
import {visibleToken} from '../../ui/base/format.js';
import {savedLines, savedWords} from '../../ui/testing/saved-file.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './batch-inspector.js';
import {BatchInspectorHarness} from './batch-inspector.harness.js';
import type {BatchInspector} from './batch-inspector.js';

const TEXT = 'one two three four five six seven eight nine ten. '.repeat(20);
const TOY: CorpusSpec = {kind: 'toy', task: 'sort', examples: 200};

async function setUp(
  attributes: Partial<BatchInspector> = {},
  corpus: CorpusSpec = {kind: 'text', text: TEXT},
) {
  const model = await fixture<GptModel>(html`
    <gpt-model backend="cpu" seed="5" .corpus=${corpus} config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 12}' stride="3">
      <batch-inspector style="width: 900px"></batch-inspector>
    </gpt-model>
  `);
  const element = model.querySelector('batch-inspector')!;
  Object.assign(element, attributes);
  const harness = new BatchInspectorHarness(element);
  await harness.until(() => harness.tensor('inputs').length > 0 || harness.error !== '', 'the batch');
  await element.updateComplete;
  return {model, element, harness};
}

/** The batch that the trainer draws, by its own functions. */
function trainersBatch(step: number, batchSize: number) {
  const tokenizer = CharTokenizer.fromText(TEXT);
  const {train} = splitTokens(Int32Array.from(tokenizer.encode(TEXT)), 0.9);
  const windows = ShuffledWindows.ofRun(slidingWindows(train.length, 12, 3), 5);
  const {tokens, labels} = cutWindows(train, windows.startsAt(step - 1, batchSize), 12);
  const rows = (ids: Int32Array) =>
    Array.from({length: batchSize}, (_, row) =>
      [...ids.subarray(row * 12, row * 12 + 12)].map((id) => visibleToken(tokenizer.token(id))),
    );
  return {inputs: rows(tokens.ids), targets: rows(labels)};
}

describe('<batch-inspector>', () => {
  it('exports the columns on show as a picture and the whole batch as a table', async () => {
    const {element} = await setUp({batchSize: 2});
    const {inputs, targets} = trainersBatch(1, 2);
    const words = await savedWords(element.renderRoot);
    expect(words).to.include.members(['Inputs [2, 12]', 'Targets [2, 12]']);
    const columns = words.indexOf('Targets [2, 12]') / 3 - 1; // heads and two rows, each with its name
    expect(words.slice(columns + 2, 2 * columns + 2)).to.deep.equal(inputs[0]!.slice(0, columns));
    const lines = await savedLines(element.renderRoot);
    expect(lines).to.have.lengthOf(1 + 2 * 12);
    const [, ...places] = lines.map((line) => line.split(','));
    const tokens = (at: number) => places.map((place) => visibleToken(place[at]!));
    expect(tokens(3)).to.deep.equal(inputs.flat());
    expect(tokens(5)).to.deep.equal(targets.flat());
  });

  it('shows the batch that the trainer draws, step by step', async () => {
    const {model, harness} = await setUp({batchSize: 4});
    for (const step of [1, 2, 3]) {
      const {inputs, targets} = trainersBatch(step, 4);
      expect(harness.tensor('inputs')).to.deep.equal(inputs);
      expect(harness.tensor('targets')).to.deep.equal(targets);
      await harness.click('button.on');
    }
    expect(model.status, 'no engine').to.equal('closed');
    expect(harness.totals)
      .to.contain('4 rows of 12 tokens: 48 positions')
      .and.to.contain('Every position has a target');
  });

  it('follows the training', async () => {
    const {model, harness} = await setUp({batchSize: 4});
    await model.ready;
    await model.step();
    await model.step();
    await harness.until(() => harness.field('#step').value === '2', 'the second step');
    expect(harness.tensor('inputs')).to.deep.equal(trainersBatch(2, 4).inputs);
    await harness.click('button.back');
    await model.step();
    await harness.until(() => model.live.step === 3, 'the third step');
    expect(harness.field('#step').value, 'held').to.equal('1');
    harness.field('#follow').click();
    await harness.until(() => harness.field('#step').value === '3', 'the third step');
  });

  it('uses the model’s batch size, seed and context length', async () => {
    const {harness, model} = await setUp();
    expect(harness.tensor('inputs')).to.have.lengthOf(16);
    expect(harness.tensor('inputs')).to.deep.equal(trainersBatch(1, 16).inputs);
    model.seed = 6;
    await harness.until(
      () => harness.tensor('inputs').join() !== trainersBatch(1, 16).inputs.join(),
      'another order',
    );
  });

  it('shows where a row comes from in the text', async () => {
    const {harness} = await setUp({batchSize: 4});
    const {inputs} = trainersBatch(1, 4);
    await harness.click('table.inputs tbody tr:nth-child(3) button');
    expect(harness.excerpt.marked.replaceAll(' ', '·')).to.equal(inputs[2]!.join(''));
    expect(harness.excerpt.title).to.match(/^Row 2 is the part of the text from token [\d,]+:$/);
  });

  it('shows the text of the row that is pointed at, and of the chosen row again afterwards', async () => {
    const {harness} = await setUp({batchSize: 4});
    const {inputs} = trainersBatch(1, 4);
    const rowShown = () => harness.excerpt.marked.replaceAll(' ', '·');
    expect(rowShown()).to.equal(inputs[0]!.join(''));
    harness.cell('targets', 1, 2).dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
    await harness.element.updateComplete;
    expect(rowShown()).to.equal(inputs[1]!.join(''));
    expect(harness.excerpt.title).to.match(/^Row 1 is/);
    harness.field('table.targets').dispatchEvent(new PointerEvent('pointerleave'));
    await harness.element.updateComplete;
    expect(rowShown()).to.equal(inputs[0]!.join(''));
  });

  it('has row buttons of at least 24 px, and both tensors side by side where there is room', async () => {
    const {element, harness} = await setUp({batchSize: 4});
    for (const button of harness.all('th[scope="row"] button'))
      expect(button.getBoundingClientRect().height).to.be.at.least(24);
    const top = (kind: string) => harness.field(`table.${kind}`).getBoundingClientRect().top;
    element.style.width = '1000px';
    await harness.until(() => top('inputs') === top('targets'), 'side by side');
    element.style.width = '600px';
    await harness.until(() => top('inputs') < top('targets'), 'one below the other');
  });

  it('describes a position, and highlights its target among the inputs', async () => {
    const {harness} = await setUp({batchSize: 4});
    const {inputs} = trainersBatch(1, 4);
    harness.cell('targets', 1, 4).click();
    await harness.element.updateComplete;
    expect(harness.readout).to.contain(`Row 1, position 4: the model reads ${inputs[1]![4]} (id `);
    expect(harness.readout)
      .to.contain(`should predict ${inputs[1]![5]} (id `)
      .and.to.contain('input at position 5');
    expect(harness.cell('inputs', 1, 4).classList.contains('highlighted')).to.equal(true);
    expect(harness.cell('inputs', 1, 5).classList.contains('linked')).to.equal(true);
  });

  it('moves through the tensor with the keys, beyond the columns on show', async () => {
    const {element, harness} = await setUp({batchSize: 3});
    element.style.width = '300px';
    await harness.until(() => harness.pages !== '', 'the pages');
    expect(harness.pages).to.equal('positions 0 to 6 of 12');
    await harness.click('.batch > summary');
    harness.cell('inputs', 0, 0).focus();
    await sendKeys({press: 'ArrowDown'});
    await harness.until(() => harness.readout.includes('Row 1, position 0'), 'the row below');
    await sendKeys({press: 'End'});
    await harness.until(() => harness.pages === 'positions 11 to 11 of 12', 'the last page');
    expect(harness.readout).to.contain('Row 1, position 11');
    expect(element.shadowRoot!.activeElement).to.equal(harness.cell('inputs', 1, 11));
  });

  it('pads lines to the longest, and hatches positions without a target', async () => {
    const {harness, element} = await setUp({rows: 'lines', batchSize: 6}, TOY);
    const {text} = toyCorpus({task: 'sort', examples: 200});
    const train = text.slice(0, Math.round(0.9 * text.length));
    const lines = train.slice(0, train.lastIndexOf('\n')).split('\n');
    const picked = ShuffledWindows.ofRun(Uint32Array.from(lines.keys()), 5)
      .startsAt(0, 6)
      .map((index) => lines[index]!.slice(0, 12));
    const T = Math.max(...picked.map((line) => line.length));
    expect(harness.tensor('inputs').map((row) => row.join(''))).to.deep.equal(
      picked.map((line) => line.padEnd(T, '↵')),
    );
    expect(harness.hatched('inputs')).to.deep.equal(
      picked.map((line) => '0'.repeat(line.length).padEnd(T, '1')),
    );
    expect(harness.hatched('targets')).to.deep.equal(harness.hatched('inputs'));
    for (const [row, line] of picked.entries()) {
      const labels = harness.tensor('targets')[row]!;
      expect(labels.slice(0, line.length - 1).join('')).to.equal(line.slice(1));
      expect(labels.slice(line.length).every((label) => label === '−100')).to.equal(true);
    }
    const padding = picked.reduce((sum, line) => sum + T - line.length, 0);
    expect(padding).to.be.above(0);
    expect(harness.totals).to.contain(`${padding} are padding`);

    harness.field('#answers').click();
    await element.updateComplete;
    for (const [row, line] of picked.entries()) {
      const labels = harness.tensor('targets')[row]!;
      const learned = labels.filter((label) => label !== '−100').join('');
      const answer = line.slice(line.indexOf('=') + 1);
      expect(learned.startsWith(answer), `${line}: ${learned}`).to.equal(true);
      expect(labels.indexOf(learned[0]!)).to.be.at.least(0);
    }
    expect(harness.totals).to.contain('given and not learned');
    harness.cell('targets', 0, 0).click();
    await element.updateComplete;
    expect(harness.readout).to.contain('the question is given, not learned');
  });

  it('shows ids instead of tokens', async () => {
    const {harness} = await setUp({batchSize: 2});
    harness.field('#ids').click();
    await harness.element.updateComplete;
    const tokenizer = CharTokenizer.fromText(TEXT);
    const ids = trainersBatch(1, 2).inputs[0]!.map((token) =>
      String(tokenizer.encode(token.replace('·', ' '))[0]),
    );
    expect(harness.tensor('inputs')[0]).to.deep.equal(ids);
  });

  it('shows a given batch without a model', async () => {
    const element = await fixture<BatchInspector>(html`<batch-inspector
      .batch=${{tokens: {ids: Int32Array.of(3, 4, 5, 6), batchSize: 2, length: 2}, labels: Int32Array.of(4, 7, -100, 8)}}
    ></batch-inspector>`);
    const harness = new BatchInspectorHarness(element);
    await harness.drawn();
    expect(harness.tensor('inputs')).to.deep.equal([
      ['3', '4'],
      ['5', '6'],
    ]);
    expect(harness.tensor('targets')[1]).to.deep.equal(['−100', '8']);
    expect(harness.hatched('targets')).to.deep.equal(['00', '10']);
  });

  it('says why there is no batch', async () => {
    const {harness} = await setUp({}, {kind: 'text', text: 'a text that is much too short'});
    expect(harness.error).to.contain('A context of 12 takes windows of 13');
  });
});
