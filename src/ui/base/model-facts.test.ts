import {expect} from '@open-wc/testing';
import type {ModelFacts, ModelSpec} from '../../state/index.js';
import type {LiveModel} from '../../state/live-model.js';
import {modelFacts} from './model-facts.js';

const said = (spec: Omit<ModelSpec, 'corpus'>, step: number, facts: Partial<ModelFacts> = {}): string =>
  modelFacts(document.body, {spec, step, facts: {parameters: 37_000, ...facts}} as LiveModel);

describe('the footer’s facts of a model', () => {
  it('name the origin of weights that were not trained here', () => {
    expect(said({checkpoint: {kind: 'hub', repo: 'owner/name'}}, 0)).to.equal(
      '37 thousand parameters · loaded from owner/name',
    );
    expect(said({checkpoint: {kind: 'url', url: 'https://a.test/'}}, 0)).to.contain('loaded from files');
    expect(said({}, 0, {pretrained: 'tiny-tales'})).to.contain('comes trained on tiny-tales');
  });

  it('name the step of weights that were', () => {
    expect(said({}, 0)).to.equal('37 thousand parameters · step 0');
    expect(said({checkpoint: {kind: 'hub', repo: 'owner/name'}}, 1200)).to.contain('step 1,200');
  });
});
