import {expect} from '@open-wc/testing';
import type {EngineErrorCode, LiveModel, ModelSpec} from '../../state/index.js';
import {isLarger, remedyFor, smaller} from './remedy.js';

const spec: ModelSpec = {preset: 'small', corpus: {kind: 'tiny-tales'}};
const closed = {spec, status: 'error'} as LiveModel;
const open = {spec, status: 'error', facts: {}} as LiveModel;
const act = (code: EngineErrorCode, model: LiveModel, before?: ModelSpec, takesCorpus = true) =>
  remedyFor({code, message: ''}, model, before, takesCorpus).act;

describe('the button beside an error', () => {
  it('helps a model that could not be made', () => {
    expect(act('corpus', closed)).to.equal('corpus');
    expect(act('corpus', closed, undefined, false)).to.equal('tiny-tales');
    expect(act('memory', closed)).to.equal('smaller');
    expect(act('internal', closed)).to.equal('retry');
    expect(act('corpus', closed, spec)).to.equal('back');
  });

  it('helps a model that is there', () => {
    expect(act('numeric', open)).to.equal('halve-rate');
    expect(act('memory', open)).to.equal('halve-batch');
    expect(act('device-lost', open)).to.equal('retry');
    expect(act('storage', {...open, status: 'training'} as LiveModel)).to.equal('dismiss');
  });

  it('knows which preset is smaller', () => {
    expect(smaller('small')).to.equal('mini');
    expect(smaller('nano')).to.equal('nano');
    expect(isLarger('mini', 'nano')).to.equal(true);
    expect(isLarger('nano', 'nano')).to.equal(false);
  });
});
