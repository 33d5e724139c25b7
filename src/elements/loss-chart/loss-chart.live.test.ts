import {expect, fixture, html} from '@open-wc/testing';
import {until} from '../../ui/testing/until.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './loss-chart.js';
import {LossChartHarness} from './loss-chart.harness.js';
import type {LossChart} from './loss-chart.js';

describe('<loss-chart> with a model', () => {
  it('follows a run and draws at most ten times a second', async () => {
    const provider = await fixture<GptModel>(html`
      <gpt-model backend="cpu" .text=${'one two three four five. '.repeat(20)} config='{"embDim": 8, "nHeads": 2, "nLayers": 1, "contextLength": 8}'>
        <loss-chart></loss-chart>
      </gpt-model>
    `);
    const chart = provider.querySelector<LossChart>('loss-chart')!;
    const harness = new LossChartHarness(chart);
    const {live} = provider;
    expect(live.status, 'a chart starts nothing').to.equal('closed');

    let drawings = 0;
    const {requestUpdate} = chart;
    chart.requestUpdate = function (...rest: Parameters<typeof requestUpdate>) {
      drawings++;
      return requestUpdate.apply(this, rest);
    };
    const started = performance.now();
    await live.train({
      steps: 60,
      batchSize: 2,
      warmupSteps: 0,
      evalInterval: 20,
      sampleInterval: 0,
      saveInterval: 0,
    });
    await until(() => live.status === 'done', 'the end of the run');
    await until(() => harness.chart.getAttribute('aria-valuemax') === '60', 'the last step');
    const seconds = (performance.now() - started) / 1000;
    // Besides the ten: the model's own news (loading, ready, training, done).
    expect(drawings).to.be.at.most(10 * seconds + 15);

    const {steps, evals} = live.history;
    await harness.key('End');
    expect(harness.reading).to.contain(`loss of this batch ${steps.at(-1)!.loss.toPrecision(3)}`);
    expect(harness.rowTexts()).to.have.length(evals.length);
    expect(harness.notable).to.contain(
      `Validation loss ${evals.at(-1)!.validation.loss.toPrecision(3)} after 60 steps`,
    );

    const beside = new LossChartHarness(document.createElement('loss-chart'));
    provider.append(beside.element);
    chart.remove();
    drawings = 0;
    await live.stepOnce();
    await until(() => beside.has('.chart[aria-valuemax="61"]'), 'the step in a chart that stays');
    expect(drawings, 'gone, and following no more').to.equal(0);
  });
});
