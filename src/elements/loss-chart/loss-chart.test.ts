import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {savedFile, savedLines} from '../../ui/testing/saved-file.js';
import {chartFrame} from '../../viz/lines.js';
import {readTheme} from '../../viz/theme.js';
import './loss-chart.js';
import type {LossHistory} from '../../ui/views/loss/loss-curves.js';
import {exampleHistory, LossChartHarness} from './loss-chart.harness.js';
import type {LossChart} from './loss-chart.js';

async function charted(
  history: LossHistory | undefined,
  template = html`<loss-chart vocab-size="40" floor="0.85"></loss-chart>`,
) {
  const element = await fixture<LossChart>(template);
  element.history = history;
  await element.updateComplete;
  return {element, harness: new LossChartHarness(element)};
}

/** The height, in CSS pixels, at which a column of the chart shows a color: the mean of the matching pixels. */
function heightOf(canvas: HTMLCanvasElement, x: number, color: string): number {
  const ratio = canvas.width / canvas.clientWidth;
  const {data} = canvas.getContext('2d')!.getImageData(Math.round(x * ratio), 0, 1, canvas.height);
  const rgb = color.match(/\d+/g)!.map(Number);
  const rows: number[] = [];
  for (let row = 0; row < canvas.height; row++)
    if (rgb.every((channel, i) => Math.abs(data[4 * row + i]! - channel) < 24) && data[4 * row + 3]! > 200)
      rows.push(row);
  return (rows.reduce((sum, row) => sum + row, 0) / rows.length + 0.5) / ratio;
}

describe('<loss-chart>', () => {
  it('draws each loss at its height', async () => {
    // Without noise and without smoothing the thick line is the loss itself.
    const loss = (step: number) => 4 - step / 40;
    const history = {
      steps: Array.from({length: 100}, (_, i) => ({step: i + 1, loss: loss(i + 1)})),
      evals: [],
    };
    const {element, harness} = await charted(history, html`<loss-chart smoothing="0"></loss-chart>`);
    const axes = {
      x: {domain: [0, 100], label: '', format: String},
      y: {domain: [1.5 - 0.1 * 2.475, loss(1) + 0.1 * 2.475], label: '', format: String},
    } as const;
    const frame = chartFrame(
      {...axes, series: [], references: [], pins: []},
      element.clientWidth,
      harness.chart.clientHeight,
    );
    const {train} = readTheme(element);
    for (const step of [10, 50, 90])
      expect(heightOf(harness.canvas, frame.x(step), train), `step ${step}`).to.be.closeTo(
        frame.y(loss(step)),
        1.5,
      );
  });

  it('says how far the run has come', async () => {
    const {harness} = await charted(exampleHistory());
    const {loss: validationLoss} = exampleHistory().evals.at(-1)!.validation;
    const share = Math.round((100 * (Math.log(40) - validationLoss)) / (Math.log(40) - 0.85));
    expect(harness.notable).to.equal(
      `Validation loss ${validationLoss.toPrecision(3)} after 1,500 steps: ${share} % of the way from guessing to the floor.`,
    );
  });

  it('says when there is overfitting', async () => {
    const history = exampleHistory({overfit: true});
    const {harness} = await charted(history);
    const best = history.evals.reduce((a, b) => (b.validation.loss < a.validation.loss ? b : a));
    expect(harness.notable).to.contain(
      `Overfitting: validation loss was lowest (${best.validation.loss.toPrecision(3)}) at step ${best.step}`,
    );
  });

  it('says when a run has diverged', async () => {
    const steps = [3, 4, Number.NaN].map((loss, i) => ({step: i + 1, loss}));
    const {harness} = await charted({steps, evals: []});
    expect(harness.notable).to.contain('not a number since step 3');
  });

  it('reads off the step under the pointer', async () => {
    const history = exampleHistory();
    const {harness} = await charted(history);
    await harness.point(0.5);
    const step = Number(/^Step ([\d,]+):/.exec(harness.reading)![1]!.replace(',', ''));
    expect(step).to.be.within(500, 1000);
    expect(harness.reading).to.contain(`loss of this batch ${history.steps[step - 1]!.loss.toPrecision(3)}`);
  });

  it('is read with the keyboard', async () => {
    const {harness} = await charted(exampleHistory({steps: 50}));
    await harness.key('Home');
    expect(harness.spoken).to.match(/^Step 1: /);
    await harness.key('ArrowRight');
    expect(harness.spoken).to.match(/^Step 2: /);
    await harness.key('End');
    await harness.key('PageDown');
    expect(harness.spoken).to.match(/^Step 40: /);
    await harness.key('Escape');
    expect(harness.reading).to.contain('Point at the chart');
  });

  it('pins readings and takes them away', async () => {
    const {element, harness} = await charted(exampleHistory());
    const event = oneEvent(element, 'gpt-pins');
    await harness.point(0.4, 'click');
    const [step] = (await event).detail.pins;
    expect(element.getAttribute('pins')).to.equal(`${step}`);
    expect(harness.pins[0]).to.contain(`Step ${step.toLocaleString('en')}: loss of this batch`);
    await harness.key('End');
    await harness.key('Enter');
    expect(element.pins).to.deep.equal([step, 1500]);
    await harness.removePin(0);
    expect(element.pins).to.deep.equal([1500]);
    await harness.key('Enter');
    expect(harness.pins).to.deep.equal([]);
    element.setAttribute('pins', '200 2000');
    await element.updateComplete;
    expect(harness.pins[1]).to.contain('Step 2,000: not reached yet');
  });

  it('shows perplexity', async () => {
    const {element, harness} = await charted(exampleHistory());
    await harness.pick('y', 'perplexity');
    expect(element.y).to.equal('perplexity');
    await harness.key('End');
    const {loss: validationLoss} = exampleHistory().evals.at(-1)!.validation;
    expect(harness.spoken).to.contain(`validation ${Math.exp(validationLoss).toPrecision(3)}`);
  });

  it('shows tokens along the axis', async () => {
    const {harness} = await charted(exampleHistory());
    const before = harness.canvas.toDataURL();
    await harness.pick('x', 'tokens');
    expect(harness.canvas.toDataURL()).not.to.equal(before);
    await harness.key('End');
    expect(harness.spoken).to.match(/^Step 1,500: /);
  });

  it('smooths', async () => {
    const {element, harness} = await charted({
      steps: [2, 4, 2, 4].map((loss, i) => ({step: i + 1, loss})),
      evals: [],
    });
    await harness.smooth(0);
    await harness.key('End');
    expect(harness.spoken).to.contain('smoothed 4');
    await harness.smooth(0.5);
    expect(element.smoothing).to.equal(0.5);
    // (0.0625·2 + 0.125·4 + 0.25·2 + 0.5·4) / 0.9375
    expect(harness.spoken).to.contain(`smoothed ${(3.125 / 0.9375).toPrecision(3)}`);
  });

  it('has a table of the evaluations', async () => {
    const history = exampleHistory({steps: 100});
    const {harness} = await charted(history);
    const {step, train, validation} = history.evals[2]!;
    expect(harness.rowTexts()).to.have.length(3);
    expect(harness.rowTexts()[2]).to.deep.equal([
      `${step}`,
      ...[train.loss, validation.loss, Math.exp(validation.loss)].map((value) => value.toPrecision(3)),
    ]);
  });

  it('draws 20,000 points as few and keeps every spike', async () => {
    const steps = Array.from({length: 20_000}, (_, i) => ({step: i + 1, loss: i === 12_345 ? 9 : 2}));
    const {harness} = await charted({steps, evals: []});
    const svg = await exportedSvg(harness);
    const raw = svg.querySelector('path[stroke-width="1"]')!.getAttribute('d')!;
    expect(raw.split('L').length).to.be.below(3000);
    const heights = raw.match(/,([\d.]+)/g)!.map((y) => Number(y.slice(1)));
    expect(Math.max(...heights) - Math.min(...heights), 'the spike').to.be.greaterThan(100);
  });

  it('keeps its place before anything is trained', async () => {
    const empty = await charted({steps: [], evals: []});
    expect(empty.harness.root.textContent).to.contain('There is nothing to show yet.');
    const full = await charted(exampleHistory());
    expect(empty.harness.chart.clientHeight).to.equal(full.harness.chart.clientHeight);
    const alone = await fixture<LossChart>(html`<loss-chart></loss-chart>`);
    expect(alone.shadowRoot!.textContent).to.contain('Nothing has been trained yet.');
  });

  it('is accessible, empty and full', async () => {
    const {element, harness} = await charted(exampleHistory());
    await harness.point(0.4, 'click');
    await expect(element).to.be.accessible();
    await expect((await charted({steps: [], evals: []})).element).to.be.accessible();
  });

  it('hands out every batch and every evaluation as a table', async () => {
    const {harness} = await charted({
      steps: [1, 2].map((step) => ({step, loss: 4 - step / 4, tokensSeen: 64 * step})),
      evals: [{step: 2, train: {loss: 3.4}, validation: {loss: 3.6}, tokensSeen: 128}],
    });
    expect(await savedLines(harness.root)).to.deep.equal([
      'step,tokens seen,batch loss,training loss,validation loss',
      '1,64,3.75,,',
      '2,128,3.5,3.4,3.6',
    ]);
  });

  it('loads no tfjs and starts no worker', async () => {
    await charted(exampleHistory());
    const loaded = performance.getEntriesByType('resource').map(({name}) => name);
    expect(loaded.filter((name) => /tensorflow|tfjs|\.worker/.test(name))).to.deep.equal([]);
  });
});

async function exportedSvg({root}: LossChartHarness): Promise<Document> {
  const {content} = await savedFile(root, 'SVG');
  return new DOMParser().parseFromString(await content.text(), 'image/svg+xml');
}
