import {aTimeout, expect, fixture, html} from '@open-wc/testing';
import {allModels} from '../../state/index.js';
import './gpt-model.js';
import {GptModelHarness} from './gpt-model.harness.js';
import type {GptModel} from './gpt-model.js';

const TEXT = 'one two three four five six seven eight nine ten. '.repeat(20);
const CONFIG = '{"emb_dim": 8, "n_heads": 2, "n_layers": 1, "context_length": 8}';
const QUICK = {batchSize: 2, evalBatches: 1, saveInterval: 0, sampleTokens: 4, warmupSteps: 0};

const tiny = () =>
  fixture<GptModel>(
    html`<gpt-model id="tiny" backend="cpu" seed="5" .text=${TEXT} config=${CONFIG}></gpt-model>`,
  );

describe('<gpt-model>', () => {
  it('starts nothing by itself, and takes no room', async () => {
    const element = await tiny();
    expect(element.status).to.equal('closed');
    expect(element.live.name).to.equal('tiny');
    expect(getComputedStyle(element).display).to.equal('contents');
    expect(
      performance.getEntriesByType('resource').some(({name}) => name.includes('engine.worker')),
    ).to.equal(false);
  });

  it('is a scripting surface: opens, encodes, traces, writes, trains, gives and takes weights', async () => {
    const element = await tiny();
    const harness = new GptModelHarness(element);
    const facts = await element.ready;
    expect(element.config).to.deep.include({embDim: 8, nHeads: 2, nLayers: 1, contextLength: 8});
    expect(element.backend!.name).to.equal('cpu');
    expect(facts.seed).to.equal(5);
    const ids = element.encode('one two');
    expect(element.decode(ids)).to.equal('one two');
    expect(element.tokenizer!.vocabSize).to.equal(element.config!.vocabSize);

    const {logits} = await element.trace({text: 'one two', want: ['logits']});
    expect(logits!.shape.slice(-2)).to.deep.equal([7, element.config!.vocabSize]);
    const text = await harness.write('one', 5);
    expect(text).to.have.lengthOf(5);
    expect(await harness.write('one', 5), 'the same seed').to.equal(text);

    await element.train({...QUICK, steps: 4, evalInterval: 2, sampleInterval: 4});
    await harness.until(() => element.status === 'done', 'the end');
    for (const type of ['gpt-status', 'gpt-step', 'gpt-eval', 'gpt-sample'])
      expect(harness.told).to.include(type);
    expect(harness.told.filter((type) => type === 'gpt-step')).to.have.lengthOf(4);
    expect((await element.step()).step).to.equal(5);
    expect((await element.evaluate()).validation.loss).to.be.greaterThan(0);

    const before = await element.weights(['ln_f.bias']);
    await element.setWeights({'ln_f.bias': {shape: [8], data: new Float32Array(8).fill(0.5)}});
    expect([...before.keys()]).to.deep.equal(['ln_f.bias']);
    expect([...(await element.weights(['ln_f.bias'])).get('ln_f.bias')!.data]).to.deep.equal(
      Array(8).fill(0.5),
    );
    expect((await element.reset()).step).to.equal(0);
  });

  it('pauses, resumes and stops', async () => {
    const element = await tiny();
    const harness = new GptModelHarness(element);
    await element.train({...QUICK, steps: 1e6, evalInterval: 0, sampleInterval: 0});
    await harness.until(() => element.live.step > 0, 'a step');
    await element.pause();
    expect(element.status).to.equal('paused');
    await element.resume();
    expect(element.status).to.equal('training');
    await element.stop();
    expect(element.status).to.equal('idle');
  });

  it('tells its events to ancestors, across shadow roots', async () => {
    const element = await tiny();
    const told: string[] = [];
    const listener = (event: Event) => {
      expect(event.composed).to.equal(true);
      told.push(event.type);
    };
    document.addEventListener('gpt-status', listener);
    await element.ready;
    document.removeEventListener('gpt-status', listener);
    expect(told).to.deep.equal(['gpt-status', 'gpt-status']);
  });

  it('reads its text from a script inside, also when that comes later', async () => {
    const element = await fixture<GptModel>(html`<gpt-model backend="cpu" config=${CONFIG}>
      <script type="text/plain">
        ${TEXT}
      </script>
    </gpt-model>`);
    expect(element.live.spec.corpus).to.deep.equal({kind: 'text', text: TEXT.trim()});
    element.querySelector('script')!.remove();
    await new GptModelHarness(element).until(
      () => element.live.spec.corpus?.kind === 'tiny-tales',
      'the usual text',
    );
  });

  it('takes its attributes as properties too, as frameworks set them', async () => {
    const element = await fixture<GptModel>(html`<gpt-model .text=${TEXT}></gpt-model>`);
    Object.assign(element, {config: {nLayers: 3}, tokenizer: 'word', backend: 'cpu'});
    await element.updateComplete;
    expect(element.live.spec).to.deep.include({config: {nLayers: 3}, tokenizer: 'word'});
    expect(element.live.backendChoice).to.equal('cpu');
    Object.assign(element, {config: undefined, tokenizer: undefined, backend: undefined});
    await element.updateComplete;
    expect(element.live.spec.config ?? {}).to.deep.equal({});
    expect(element.live.spec.tokenizer).to.equal(undefined);
    expect(element.live.backendChoice).to.equal('auto');
  });

  it('asks for another model when an attribute changes, and leaves one alone that a view has changed', async () => {
    const element = await tiny();
    element.live.spec = {...element.live.spec, seed: 9};
    element.requestUpdate();
    await element.updateComplete;
    expect(element.live.spec.seed).to.equal(9);
    element.setAttribute('seed', '11');
    await element.updateComplete;
    expect(element.live.spec.seed).to.equal(11);
  });

  it('refuses an impossible attribute in words, and recovers', async () => {
    const warn = console.warn;
    const warnings: string[] = [];
    console.warn = (message: string) => warnings.push(message);
    try {
      const element = await tiny();
      const harness = new GptModelHarness(element);
      element.preset = 'huge';
      await element.updateComplete;
      expect(harness.told).to.include('gpt-error');
      expect(element.live.error!.message).to.contain('preset="huge"');
      expect(warnings.join()).to.contain('<gpt-model id="tiny">: preset="huge"');
      let refused = '';
      await element.ready.catch((error: Error) => (refused = error.message));
      expect(refused).to.contain('preset="huge"');
      element.preset = 'nano';
      await element.updateComplete;
      expect(element.live.error).to.equal(undefined);
      await element.ready;
      expect(element.status).to.equal('idle');
    } finally {
      console.warn = warn;
    }
  });

  it('survives a move within the page, and is closed when it leaves', async () => {
    const element = await tiny();
    await element.ready;
    const {live} = element;
    const elsewhere = document.createElement('div');
    element.parentElement!.append(elsewhere);
    elsewhere.append(element);
    await aTimeout(0); // after the timer of the element that left: timers run in order
    expect(element.live).to.equal(live);
    expect(live.status).to.equal('idle');
    elsewhere.remove();
    await new GptModelHarness(element).until(() => live.status === 'closed', 'the end of the model');
    expect(allModels()).not.to.include(live);
    expect(() => live.encode('one')).to.throw('not loaded');
  });
});
