import {expect} from '@open-wc/testing';

describe('what a page loads', () => {
  it('is neither tfjs nor a worker, until something is asked of a model', async () => {
    const state = await import('./index.js');
    const model = state.defaultModel();
    expect(state.defaultModel()).to.equal(model);
    expect(model.spec).to.deep.equal({pretrained: 'tiny-tales', corpus: {kind: 'tiny-tales'}});
    const loaded = performance.getEntriesByType('resource').map(({name}) => name);
    expect(loaded.some((url) => url.includes('/state/live-model'))).to.equal(true);
    expect(loaded.filter((url) => /tensorflow|tfjs|engine\.worker|\/host\./.test(url))).to.deep.equal([]);
  });
});
