import {expect} from '@open-wc/testing';
import {DEFAULT_TRAINING, type TrainingOptions} from '../../training/options.js';
import {mergeTraining} from './training-options.js';

describe('training settings', () => {
  it('of a run that an older release saved get what it did not know', () => {
    const {precision: _, ...older} = {...DEFAULT_TRAINING, steps: 7};
    expect(mergeTraining(older as TrainingOptions, {batchSize: 2})).to.deep.equal({
      ...DEFAULT_TRAINING,
      steps: 7,
      batchSize: 2,
    });
  });
});
