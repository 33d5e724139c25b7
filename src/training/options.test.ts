import {expect} from '@open-wc/testing';
import {ConfigError} from '../model/config.js';
import {PRESETS} from '../model/presets.js';
import {checkTraining, DEFAULT_TRAINING, type TrainingOptions} from './options.js';
import {RECOMMENDED_TRAINING, recommendedClassification} from './recommended.js';

describe('training settings', () => {
  it('are accepted as the library sets them', () => {
    for (const name of Object.keys(PRESETS) as (keyof typeof PRESETS)[])
      checkTraining({...DEFAULT_TRAINING, ...RECOMMENDED_TRAINING[name]});
  });

  it('of a classifier follow the number of its texts', () => {
    const steps = (texts: number) => recommendedClassification(texts).steps;
    expect([42, 700, 1400, 20_000].map(steps)).to.deep.equal([100, 300, 600, 600]);
    for (const texts of [1, 42, 1400])
      checkTraining({...DEFAULT_TRAINING, ...recommendedClassification(texts)});
  });

  for (const [name, values] of Object.entries({
    steps: [0, 1.5, -1, Infinity],
    batchSize: [0, 0.5, 1e9],
    learningRate: [-1e-3, 1e30, Infinity],
    warmupSteps: [-1, 0.5, Infinity],
    minLearningRateShare: [-0.1, 1.1],
    weightDecay: [-0.1, 1e30, Infinity],
    beta1: [1, 1 - 1e-9, -0.1, 2],
    beta2: [1, 1 - 1e-9, -0.1, 2],
    epsilon: [0, 1e-46, -1e-8, Infinity],
    clipNorm: [-1, Infinity],
    dropRate: [1, -0.1],
    evalBatches: [0, 1e12],
    sampleTokens: [0, 1e12],
    saveInterval: [-1, 0.5],
    kernels: ['quick', 1],
    precision: ['float16', {}],
  }))
    it(`are refused with a sentence where ${name} makes no run`, () => {
      for (const value of [...values, Number.NaN, null, 'x'.repeat(200_000)]) {
        const options = {...DEFAULT_TRAINING, [name]: value} as TrainingOptions;
        expect(() => checkTraining(options), String(value).slice(0, 20)).to.throw(
          ConfigError,
          new RegExp(`^${name} must be .{1,180}$`, 's'),
        );
      }
    });

  it('are refused where an intervention cannot belong to every text', () => {
    const at = 'h.0.attn.out';
    const value = {shape: [1, 1], data: new Float32Array(1)};
    checkTraining({...DEFAULT_TRAINING, interventions: [{at, change: 'zero'}]});
    expect(() => checkTraining({...DEFAULT_TRAINING, interventions: [{at, change: 'set', value}]})).to.throw(
      ConfigError,
      'interventions must not “set” values in training',
    );
    for (const interventions of [null, 'zero', [null], [{change: 'zero'}]])
      expect(() =>
        checkTraining({...DEFAULT_TRAINING, interventions} as unknown as TrainingOptions),
      ).to.throw(ConfigError, 'interventions must be a list');
  });

  it('are refused where a step would shrink the weights to below 0', () => {
    expect(() => checkTraining({...DEFAULT_TRAINING, learningRate: 2, weightDecay: 1})).to.throw(
      ConfigError,
      'learningRate × weightDecay is 2',
    );
  });
});
