import {expect} from '@open-wc/testing';
import {traceNames} from '../../../model/trace-names.js';
import {sourceOf} from '../sources/sources.js';
import {stageName, stagesOf} from './stages.js';

const config = {
  vocabSize: 11,
  contextLength: 8,
  embDim: 12,
  nHeads: 3,
  nLayers: 2,
  dropRate: 0,
  qkvBias: true,
  tieWeights: true,
};

describe('the stages of the walkthrough', () => {
  const stages = stagesOf(config);

  it('are at least 20, each with an address and a name of its own', () => {
    expect(stages.length).to.equal(38);
    expect(new Set(stages.map(({id}) => id)).size).to.equal(stages.length);
    expect(new Set(stages.map(stageName)).size).to.equal(stages.length);
    expect(stages.map(({id}) => id)).to.include('h.0.attn.softmax');
    expect(stageName(stages.find(({id}) => id === 'h.1.attn.softmax')!)).to.equal('Block 2, softmax');
  });

  it('show tensors in the order in which they are computed, each with its sources', () => {
    const tensors = stages.flatMap(({tensor}) => tensor ?? []);
    const order = traceNames(config.nLayers);
    const places = tensors.map((tensor) => order.indexOf(tensor));
    expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
    expect(places).not.to.include(-1);
    for (const tensor of tensors) expect(sourceOf(tensor, config), tensor).not.to.equal(undefined);
  });
});
