import {expect} from '@open-wc/testing';
import {PRESETS} from '../model/presets.js';
import {DEFAULT_TRAINING} from './options.js';
import {RECOMMENDED_TRAINING} from './recommended.js';
import {learningRateAt} from './schedule.js';

describe('learning-rate schedule', () => {
  const options = {steps: 110, learningRate: 1e-2, warmupSteps: 10, minLearningRateShare: 0.1};

  it('warms up in a straight line to the peak', () => {
    expect(learningRateAt(1, options)).to.be.closeTo(1e-3, 1e-12);
    expect(learningRateAt(5, options)).to.be.closeTo(5e-3, 1e-12);
    expect(learningRateAt(10, options)).to.be.closeTo(1e-2, 1e-12);
  });

  it('falls along a cosine to its share of the peak and stays there', () => {
    expect(learningRateAt(60, options)).to.be.closeTo((1e-2 + 1e-3) / 2, 1e-12);
    expect(learningRateAt(35, options)).to.be.closeTo(1e-3 + 9e-3 * (0.5 + Math.SQRT1_2 / 2), 1e-12);
    expect(learningRateAt(110, options)).to.be.closeTo(1e-3, 1e-12);
    expect(learningRateAt(500, options)).to.be.closeTo(1e-3, 1e-12);
  });

  it('needs no warm-up, and survives one longer than the run', () => {
    expect(learningRateAt(1, {...options, warmupSteps: 0})).to.be.closeTo(1e-2, 1e-5);
    expect(learningRateAt(50, {...options, warmupSteps: 100, steps: 20})).to.be.closeTo(5e-3, 1e-12);
    expect(learningRateAt(200, {...options, warmupSteps: 100, steps: 20})).to.be.closeTo(1e-3, 1e-12);
  });

  it('is complete for every preset', () => {
    for (const name of Object.keys(PRESETS) as (keyof typeof PRESETS)[]) {
      const recommended = {...DEFAULT_TRAINING, ...RECOMMENDED_TRAINING[name]};
      expect(recommended.warmupSteps, name).to.be.lessThan(recommended.steps);
    }
  });
});
