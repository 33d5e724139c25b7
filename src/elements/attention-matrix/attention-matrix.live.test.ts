import {expect, fixture, html} from '@open-wc/testing';
import type {LiveModel} from '../../state/live-model.js';
import {onScreen} from '../../ui/testing/on-screen.js';
import {readNumber} from '../../ui/testing/read-number.js';
import {seenByViews} from '../../ui/testing/seen-by-views.js';
import {until} from '../../ui/testing/until.js';
import {shareScale} from '../../viz/color.js';
import {readTheme} from '../../viz/theme.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './attention-matrix.js';
import {AttentionMatrixHarness} from './attention-matrix.harness.js';
import type {AttentionMatrix} from './attention-matrix.js';

const TEXT = 'one two three four five six seven eight nine ten. '.repeat(20);

async function shown(text = 'one two', style = '') {
  const provider = await fixture<GptModel>(html`
    <gpt-model backend="cpu" .text=${TEXT} config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 12}'>
      <div style=${style}><attention-matrix text=${text}></attention-matrix></div>
    </gpt-model>
  `);
  const element = provider.querySelector<AttentionMatrix>('attention-matrix')!;
  return {provider, model: provider.live, element, harness: new AttentionMatrixHarness(element)};
}

/** Counts the traces that the model is asked for. */
function countTraces(model: LiveModel): () => number {
  let count = 0;
  const trace = model.trace.bind(model);
  model.trace = (request) => {
    count++;
    return trace(request);
  };
  return () => count;
}

describe('<attention-matrix> with a model', () => {
  it('<attention-matrix> draws the model’s weights and shows the arithmetic of a cell', async () => {
    const {model, element, harness} = await shown();
    await until(() => harness.canvas !== null, 'a picture');
    await harness.drawn();
    const trace = await model.trace({text: 'one two', want: ['h.*.attn.*']});
    const probs = trace['h.1.attn.probs']!;
    expect(probs.shape.slice(-3)).to.deep.equal([2, 7, 7]);
    element.layer = 1;
    element.head = 1;
    await until(() => harness.grid.ariaLabel!.includes('layer 2, head 2'), 'the other head');
    const scale = shareScale(readTheme(element));
    for (const [query, key] of [
      [3, 1],
      [6, 6],
      [5, 0],
    ] as const)
      expect(harness.pixel(query, key)).to.equal(scale.color(probs.data[(1 * 7 + query) * 7 + key]!));

    await until(() => element.shadowRoot!.querySelector('.frame[aria-busy=false]') !== null, 'q and k');
    await harness.hover(6, 2);
    await until(() => harness.readout.includes('q·k'), 'the arithmetic');
    const [q, k] = [trace['h.1.attn.q']!, trace['h.1.attn.k']!];
    const width = q.shape.at(-1)!;
    const row = (tensor: typeof q, position: number) =>
      tensor.data.subarray((7 + position) * width, (7 + position + 1) * width);
    const product = row(q, 6).reduce((sum, value, i) => sum + value * row(k, 2)[i]!, 0);
    const written = /q·k = (.+?), ÷ √8 = (.+?), softmax over 7 tokens → (.+?)\. Its row/.exec(
      harness.readout,
    )!;
    expect(written, harness.readout).not.to.equal(null);
    expect(readNumber(written[1]!)).to.be.closeTo(product, Math.abs(product) * 0.01);
    expect(readNumber(written[2]!)).to.be.closeTo(product / Math.sqrt(8), Math.abs(product) * 0.01);
    expect(readNumber(written[3]!)).to.be.closeTo(probs.data[(7 + 6) * 7 + 2]!, 0.001);
  });

  it('<attention-matrix> follows the text and keeps the last good drawing', async () => {
    const {harness} = await shown();
    await until(() => harness.rowLabels.length > 0, 'a picture');
    expect(harness.rowLabels.join('')).to.equal('one·two');
    await harness.type('Text', 'five');
    await until(() => harness.rowLabels.length === 4, 'the new text');
    await harness.type('Text', 'five §');
    await until(() => harness.messages.includes('“§”'), 'the unknown character is reported');
    expect(harness.rowLabels.join('')).to.equal('five');
    await harness.type('Text', 'seven eight nine');
    await until(() => harness.rowLabels.length === 12, 'as much as the model can look at');
    expect(harness.messages).to.contain(
      'The text has 16 tokens; this model looks at 12 at a time, so the first 12 are shown.',
    );
    await harness.type('Text', '');
    await until(() => harness.messages.includes('Type a text'), 'the reader is asked for a text');
  });

  it('<attention-matrix> shows the beginning of the corpus if no text is given', async () => {
    const {element, harness} = await shown();
    element.removeAttribute('text');
    await until(() => harness.textInput!.value === 'one two thre', 'the first 12 characters of the corpus');
  });

  it('<attention-matrix> reserves its room while it waits', async () => {
    const {element, harness} = await shown('one two');
    await until(() => harness.root.querySelector('.reserved') !== null, 'the room');
    await element.updateComplete;
    const {height} = harness.root.querySelector('.main')!.getBoundingClientRect();
    expect(height).to.be.greaterThan(300);
    await until(() => harness.canvas !== null, 'a picture');
    await harness.drawn();
    expect(harness.root.querySelector('.main')!.getBoundingClientRect().height).to.be.closeTo(height, 2);
  });

  it('<attention-matrix> marks the tokens that the model has written', async () => {
    const {model, element, harness} = await shown('one two');
    await until(() => harness.rowLabels.length === 7, 'a picture');
    element.continue = 3;
    await until(() => harness.rowLabels.length === 10, 'three more tokens');
    const ids: number[] = [];
    for await (const {id} of model.generate({prompt: 'one two', maxNewTokens: 3, temperature: 0}))
      ids.push(id);
    expect(harness.written).to.deep.equal(
      ids.map((id) => model.tokenizer!.token(id).replace(' ', '·').replace('\n', '↵')),
    );
    expect(harness.readout).to.contain('written by the model');
    harness.button('Undo').click();
    await until(() => harness.rowLabels.length === 7, 'the text alone');
    harness.button('Continue writing').click();
    await until(
      () => harness.messages.includes('There is room for 5 more tokens'),
      'the note about the room',
    );
    await until(() => harness.rowLabels.length === 12, 'as many as fit');
  });

  it('<attention-matrix> saves a snapshot and shows what training has changed', async () => {
    const {model, harness} = await shown('one two');
    await until(() => harness.canvas !== null, 'a picture');
    await harness.drawn();
    harness.button('Save snapshot').click();
    await until(() => harness.readout.includes('All weights are the same'), 'no difference');
    await model.stepOnce();
    await until(() => /is on other tokens than in step 0/.test(harness.readout), 'a difference');
    const compare = harness.root.querySelector<HTMLSelectElement>('select.compare')!;
    expect(compare.value).to.equal('snapshot');
  });

  it('<attention-matrix> follows the model while it trains, until it is removed', async () => {
    const {model, element, harness} = await shown();
    await until(() => harness.canvas !== null, 'a picture');
    await harness.drawn();
    const before = harness.canvas!.toDataURL();
    await model.train({
      steps: 30,
      batchSize: 2,
      learningRate: 1e-2,
      warmupSteps: 0,
      evalInterval: 0,
      sampleInterval: 0,
      saveInterval: 0,
    });
    await until(() => model.status === 'done', 'the end of the run');
    await until(
      () => harness.root.querySelector('.facts')!.textContent!.includes('step 30'),
      'the last step',
    );
    await harness.drawn();
    expect(harness.canvas!.toDataURL()).not.to.equal(before);

    const traces = countTraces(model);
    element.remove();
    await seenByViews(model, () => model.stepOnce());
    expect(traces()).to.equal(0);
  });

  it('<attention-matrix> does not open the model while it is off-screen', async () => {
    const {model, element} = await shown('one', 'margin-top: 5000px');
    await onScreen(element, false);
    expect(model.status).to.equal('closed');
    element.scrollIntoView();
    await until(() => model.status !== 'closed', 'the model opens');
    await model.ready;
  });

  it('<attention-matrix> says that it found no model', async () => {
    const element = await fixture<AttentionMatrix>(html`<attention-matrix for="nowhere"></attention-matrix>`);
    const harness = new AttentionMatrixHarness(element);
    await until(() => harness.messages.includes('names no <gpt-model>'), 'the message');
  });
});
