import {expect, fixture, html} from '@open-wc/testing';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './gpt-trainer.js';
import {GptTrainerHarness} from './gpt-trainer.harness.js';

const TEXT = 'one two three four five six seven eight nine ten. '.repeat(40);
let seed = 4000;

/** A tiny model on the cpu backend, and its trainer as a bar at the end of a page that scrolls. */
async function setUp() {
  const model = await fixture<GptModel>(html`
    <gpt-model backend="cpu" seed=${++seed} .text=${TEXT} config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 16}'>
      <div style="display: flow-root">
        <p id="page" style="height: 3000px; margin: 0">A long page</p>
        <gpt-trainer bar on-demand batch-size="4" steps="12" eval-interval="4" sample-interval="6" sample-tokens="8"></gpt-trainer>
      </div>
    </gpt-model>
  `);
  const element = model.querySelector('gpt-trainer')!;
  return {model, element, harness: new GptTrainerHarness(element)};
}

describe('<gpt-trainer bar>', () => {
  beforeEach(() => localStorage.removeItem('gpt-trainer-bar-hidden'));
  after(() => localStorage.removeItem('gpt-trainer-bar-hidden'));

  it('starts nothing before it is pressed, then shows loss, curve, step and the newest sample', async () => {
    const {model, harness} = await setUp();
    expect(model.status).to.equal('closed');
    expect(harness.words('.curve')).to.equal('loss –');
    await harness.go();
    await harness.until(() => harness.state.startsWith('Done'), 'the end');
    const {steps, samples} = model.live.history;
    const mean = steps.reduce((sum, {loss}) => sum + loss, 0) / steps.length;
    expect(harness.words('.curve .number')).to.equal(mean.toFixed(2));
    expect(harness.count).to.equal('step 12 of 12');
    const written = samples.at(-1)!.text.replace(/\s+/g, ' ').trim();
    expect(harness.words('.newest q')).to.equal(written);
    const points = harness.field('.sparkline polyline').getAttribute('points')!.split(' ');
    expect(points).to.have.length(12);
    const heights = points.map((point) => Number(point.split(',')[1]));
    expect(heights.indexOf(Math.min(...heights)), 'the largest loss stands highest').to.equal(
      steps.findIndex(({loss}) => loss === Math.max(...steps.map((one) => one.loss))),
    );
    expect(harness.field('.sparkline').ariaLabel).to.equal(
      `Training loss from ${steps[0]!.loss.toFixed(2)} to ${steps.at(-1)!.loss.toFixed(2)}`,
    );
    await expect(harness.element).to.be.accessible();
  });

  it('stays at the lower end of the screen, and has room of its own at the end of its container', async () => {
    const {model, element} = await setUp();
    const page = model.querySelector('#page')!;
    expect(element.getBoundingClientRect().bottom).to.be.closeTo(innerHeight, 1);
    expect(element.getBoundingClientRect().height, 'the bar hides little of the page').to.be.within(24, 150);
    scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'});
    expect(page.getBoundingClientRect().bottom).to.be.at.most(element.getBoundingClientRect().top + 1);
  });

  it('can be hidden by keyboard, says so, and remembers it', async () => {
    const first = await setUp();
    const toggle = () => first.harness.field<HTMLButtonElement>('.toggle');
    const full = first.element.offsetHeight;
    toggle().focus();
    toggle().click();
    await first.element.updateComplete;
    expect(toggle().ariaExpanded).to.equal('false');
    expect(first.element.shadowRoot!.activeElement).to.equal(toggle());
    expect(first.harness.has('.primary')).to.equal(false);
    expect(first.element.offsetHeight).to.be.lessThan(full);
    expect(getComputedStyle(first.element).position).to.equal('static');
    first.element.style.position = 'relative'; // the author's
    toggle().click();
    await first.element.updateComplete;
    expect(getComputedStyle(first.element).position).to.equal('relative');
    toggle().click();
    await first.element.updateComplete;
    await expect(first.element).to.be.accessible();

    const second = await setUp();
    expect(second.harness.has('.primary')).to.equal(false);
    second.harness.field('.toggle').click();
    await second.element.updateComplete;
    expect(second.harness.label).to.equal('Train');
    expect((await setUp()).harness.label).to.equal('Train');
  });

  it('fits into 320 px', async () => {
    const {element, harness} = await setUp();
    element.style.width = '320px';
    await element.updateComplete;
    for (const one of harness.all('.bar *'))
      expect(one.getBoundingClientRect().right, one.className).to.be.at.most(
        element.getBoundingClientRect().right + 1,
      );
  });
});
