import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {countParameters, flopsPerToken, GPT_CONFIG_124M, normalizeConfig} from '../../state/index.js';
import {fixesFor} from './fixes.js';
import {GptConfigHarness} from './gpt-config.harness.js';
import './gpt-config.js';
import type {GptConfig} from './gpt-config.js';
import {layOut, SCALE_HEIGHT} from './scale-drawing.js';
import {partsOf, SIZE_PRESETS, sizesOf} from './sizes.js';
import {measurable, type Speed, speedInWords, stepSeconds, stepTime} from './speed.js';

async function shown(attributes: Record<string, string> = {}) {
  const element = document.createElement('gpt-config') as GptConfig;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  await fixture(html`${element}`);
  const harness = new GptConfigHarness(element);
  await harness.drawn();
  return {element, harness};
}

describe('<gpt-config>', () => {
  it('`<gpt-config>` counts GPT-2 small with tied weights and biases, tied, and untied', async () => {
    const {harness} = await shown();
    expect(harness.total).to.contain('124,439,808 parameters (learned numbers): 475 MiB (498 MB)');
    expect(harness.preset).to.equal('GPT-2 small');
    await harness.click('input[name="qkvBias"]');
    expect(harness.total).to.contain('124,412,160');
    await harness.click('input[name="tieWeights"]');
    expect(harness.total).to.contain('163,009,536 parameters (learned numbers): 622 MiB (652 MB)');
    expect(harness.preset).to.equal('… untied');
  });

  it('`<gpt-config>` counts what the reader enters, and tells the page', async () => {
    const {element, harness} = await shown();
    const told = oneEvent(element, 'gpt-config-changed');
    await harness.set('nLayers', 6);
    expect((await told).detail.nLayers).to.equal(6);
    const config = {...GPT_CONFIG_124M, nLayers: 6, qkvBias: true, tieWeights: true};
    expect(harness.total).to.contain(countParameters(config).toLocaleString('en'));
    expect(harness.preset).to.equal('');
    const {cache, flops} = sizesOf(config, 8);
    expect(cache.keysAndValues).to.equal(2 * 6 * 1024 * 768 * 4);
    expect(harness.rows('Memory')[1]!.at(-1)).to.equal('36 MiB (38 MB)');
    expect(harness.rows('Operations')[4]!.slice(0, 2)).to.deep.equal(['forward pass', '181 million']);
    expect(Math.round(flops.forward / 1e6)).to.equal(181);
  });

  it('`<gpt-config>` explains a number of heads that does not divide the width, and offers the nearest that do', async () => {
    const {harness} = await shown();
    await harness.set('nHeads', 10);
    expect(harness.problem).to.contain('The width C (768) must be divisible by the heads per block H (10)');
    expect(harness.total, 'the last possible model stays').to.contain('124,439,808');
    await harness.press('Use 8 heads');
    expect(harness.problem).to.equal('');
    await harness.set('nHeads', 10);
    await harness.press('Use width 770');
    expect(harness.problem).to.equal('');
    expect(harness.field('input[name="embDim"]').value).to.equal('770');
  });

  it('`<gpt-config>` says which number makes no model', async () => {
    const {harness} = await shown();
    await harness.set('vocabSize', '');
    expect(harness.problem).to.contain('The vocabulary V must be a whole number');
    expect(harness.field('input[name="vocabSize"]').getAttribute('aria-invalid')).to.equal('true');
  });

  it('`<gpt-config>` leaves a field as the reader types it, empty too', async () => {
    const {harness} = await shown();
    await harness.set('nLayers', '');
    expect(harness.field('input[name="nLayers"]').value).to.equal('');
    expect(harness.problem).to.contain('The blocks L must be a whole number');
    expect(harness.total, 'the last possible model stays').to.contain('124,439,808');
    await harness.set('nLayers', '06');
    expect(harness.field('input[name="nLayers"]').value).to.equal('06');
    expect(harness.problem).to.equal('');
    await harness.set('nLayers', '');
    harness.field('input[name="nLayers"]').dispatchEvent(new FocusEvent('blur'));
    await harness.drawn();
    expect(harness.field('input[name="nLayers"]').value, 'the last number').to.equal('6');
    expect(harness.problem).to.equal('');
  });

  it('`<gpt-config>` says which number of windows makes no training step', async () => {
    const {element, harness} = await shown();
    for (const windows of [0, -1, 2.5, 1e9]) {
      await harness.set('batchSize', windows);
      expect(harness.problem).to.contain(
        'The windows per training step must be a whole number from 1 to 65,536',
      );
    }
    await harness.set('batchSize', 4);
    expect(harness.problem).to.equal('');
    expect(element.batchSize).to.equal(4);
  });

  it('`<gpt-config>` says how wide a head is, also if that is a single number', async () => {
    const {harness} = await shown({heads: '768'});
    expect(harness.readout).to.contain('Each head is 1 number wide.');
  });

  it('`<gpt-config>` shows a known size at a click', async () => {
    const {element, harness} = await shown();
    const before = harness.field<HTMLCanvasElement>('canvas').toDataURL();
    await harness.choose(SIZE_PRESETS.length - 1);
    expect(element.nLayers).to.equal(48);
    expect(harness.total).to.contain('1,557,611,200');
    await harness.drawn();
    expect(harness.field<HTMLCanvasElement>('canvas').toDataURL()).not.to.equal(before);
  });
});

describe('partsOf', () => {
  it('measurable keeps the width of a small model, and makes a large one small enough to be measured', () => {
    const small = normalizeConfig({embDim: 96, nHeads: 4, nLayers: 2, contextLength: 64});
    expect(measurable(small)).to.include({embDim: 96, nHeads: 4, nLayers: 2, contextLength: 64});
    expect(measurable(GPT_CONFIG_124M)).to.include({embDim: 256, nHeads: 4, nLayers: 2, contextLength: 64});
    for (const {config} of SIZE_PRESETS) normalizeConfig(measurable(config));
  });

  it('stepTime scales a measured speed by the operations of a step', () => {
    const speed: Speed = {flopsPerSecond: 1e12, config: GPT_CONFIG_124M, batchSize: 4, backend: undefined};
    const model = sizesOf(GPT_CONFIG_124M, 8);
    const operations = flopsPerToken(GPT_CONFIG_124M).training * 1024 * 8;
    expect(stepSeconds(model, speed)).to.be.closeTo(operations / 1e12, 1e-9);
    expect(stepTime(model, speed)).to.equal('7.0 s');
    expect(stepTime(model, {...speed, flopsPerSecond: 1e9})).to.equal('1 h 56 min');
    expect(stepTime(model, {...speed, flopsPerSecond: 1e7})).to.equal('8 days');
    expect(speedInWords(speed)).to.contain('1,000 billion operations a second');
  });

  it('`<gpt-config>` measures the time of a training step on this device, and can be canceled', async () => {
    const element = await fixture<GptConfig>(
      html`<gpt-config emb-dim="8" heads="1" layers="1" context-length="8" batch-size="1"></gpt-config>`,
    );
    const harness = new GptConfigHarness(element);
    await harness.drawn();
    expect(harness.speed).to.contain('Trains a small model for a few seconds');
    await harness.press('Measure');
    await harness.press('Cancel');
    await harness.until(() => harness.hasButton('Measure'), 'the end of the canceled measurement');
    await harness.press('Measure');
    await harness.until(() => harness.hasButton('Measure again'), 'the time');
    expect(harness.speed)
      .to.match(/≈ [\d.]+ (ms|s)/)
      .and.contain('1 × 8 tokens a step');
    const {speed} = harness;
    await harness.set('nLayers', 50);
    expect(harness.speed.slice(0, 50)).not.to.equal(speed.slice(0, 50)); // the same measurement, scaled anew
  });

  it('partsOf adds up to all parameters, for every known size', () => {
    for (const {config} of [...SIZE_PRESETS, {config: GPT_CONFIG_124M}])
      expect(partsOf(config).reduce((sum, {parameters}) => sum + parameters, 0)).to.equal(
        countParameters(config),
      );
  });
});

describe('fixesFor', () => {
  it('fixesFor offers changes that make a model', () => {
    for (const [embDim, nHeads] of [
      [768, 10],
      [97, 12],
      [5, 7],
    ] as const) {
      const entered = {...GPT_CONFIG_124M, embDim, nHeads};
      const fixes = fixesFor(entered);
      expect(fixes).to.have.length(2);
      for (const {change} of fixes) normalizeConfig({...entered, ...change});
    }
    expect(fixesFor(GPT_CONFIG_124M)).to.deep.equal([]);
  });

  it('fixesFor offers nothing that is out of range itself', () => {
    expect(fixesFor({...GPT_CONFIG_124M, embDim: 1e9})).to.deep.equal([]);
    const heads = fixesFor({...GPT_CONFIG_124M, nHeads: 1e9});
    expect(heads.map(({change}) => change)).to.deep.equal([{nHeads: 768}]);
  });
});

describe('layOut', () => {
  it('layOut fits every known size into the same height, at any width', () => {
    for (const width of [288, 700, 1400])
      for (const {config} of SIZE_PRESETS) {
        const {unit, height, blocksPerRow, tokensPerRow} = layOut(config, width);
        expect(height).to.be.within(150, SCALE_HEIGHT);
        expect(tokensPerRow * unit).to.be.at.most(width + 0.01);
        expect(blocksPerRow * 12 * config.embDim * unit).to.be.at.most(width);
      }
  });
});
