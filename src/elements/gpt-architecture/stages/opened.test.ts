import {expect} from '@open-wc/testing';
import {normalizeConfig} from '../../../model/config.js';
import {headIn, partOpened} from '../data/open-part.js';
import {addressOf, openedOf} from './opened.js';

const config = normalizeConfig({
  vocabSize: 11,
  contextLength: 8,
  embDim: 12,
  nHeads: 3,
  nLayers: 2,
  dropRate: 0,
});

/** What is looked at: the stage, its part, and the head where it has one. */
function looked(open: string, stage = '', head = 0): string {
  const opened = openedOf({open, stage, head, config});
  return opened ? `${opened.stage.id} of ${opened.part}, head ${opened.head}` : 'nothing';
}

describe('what is open', () => {
  it('is a part, or one of its tensors by its trace name', () => {
    for (const [open, part] of [
      ['h.0', 'h.0'],
      ['h.0.attn', 'h.0.attn'],
      ['h.0.attn.2', 'h.0.attn.2'],
      ['h.0.attn.2.probs', 'h.0.attn.2'],
      ['h.10.attn.11.q', 'h.10.attn.11'],
      ['h.0.attn.out', 'h.0.attn'],
      ['h.0.ln_1', 'h.0.attn'],
      ['h.0.resid_mid', 'h.0.attn'],
      ['h.1.mlp.hidden', 'h.1.mlp'],
      ['h.1.ln_2', 'h.1.mlp'],
      ['h.1.resid_post', 'h.1.mlp'],
      ['embed', 'embed'],
      ['embed.token', 'embed.token'],
      ['ln_f', 'next'],
      ['logits', 'next'],
      ['next.3', 'next'],
      ['', ''],
    ] as const)
      expect(partOpened(open), open).to.equal(part);
    expect(['h.0.attn.2.q', 'h.0.attn.2', 'h.0.attn', 'h.0.mlp'].map(headIn)).to.deep.equal([
      2,
      2,
      undefined,
      undefined,
    ]);
  });

  it('shows a part’s most telling tensor, or that of the walkthrough where it belongs to the part', () => {
    for (const [open, stage, expected] of [
      ['h.0.attn.2', '', 'h.0.attn.softmax of h.0.attn.2, head 2'],
      ['h.0.attn', '', 'h.0.attn.out of h.0.attn, head 1'],
      ['h.1.mlp', '', 'h.1.mlp.gelu of h.1.mlp, head 1'],
      ['h.1', '', 'h.1.resid_post of h.1, head 1'],
      ['embed', '', 'embed of embed, head 1'],
      ['embed.position', '', 'embed.position of embed.position, head 1'],
      ['next', '', 'probs of next, head 1'],
      ['', 'h.0.attn.scores', 'h.0.attn.scores of h.0.attn.1, head 1'],
      ['', 'h.0.ln_2', 'h.0.ln_2 of h.0.mlp, head 1'],
      ['h.0.attn.2', 'h.0.attn.scores', 'h.0.attn.scores of h.0.attn.2, head 2'],
      ['h.0.attn.2', 'h.0.ln_1', 'h.0.attn.softmax of h.0.attn.2, head 2'],
      ['h.1.mlp', 'h.0.attn.scores', 'h.1.mlp.gelu of h.1.mlp, head 1'],
      ['h.0.attn.2.q', 'h.0.attn.scores', 'h.0.attn.q of h.0.attn.2, head 2'],
    ] as const)
      expect(looked(open, stage, 1), `“${open}” in stage “${stage}”`).to.equal(expected);
  });

  it('is nothing where the model has no such part', () => {
    for (const open of ['', 'h.2.mlp', 'h.0.attn.3', 'tokens', 'token.1', 'nonsense'])
      expect(looked(open), open).to.equal('nothing');
    expect(looked('', 'text')).to.equal('nothing');
  });

  it('leads to every other tensor of the same part', () => {
    const beside = (open: string) =>
      openedOf({open, stage: '', head: 0, config})!.beside.map((stage) => addressOf(stage, 2));
    expect(beside('h.0.attn.2')).to.deep.equal([
      'h.0.ln_1',
      'h.0.attn.2.q',
      'h.0.attn.2.k',
      'h.0.attn.2.v',
      'h.0.attn.2.scores',
      'h.0.attn.2.masked',
      'h.0.attn.2.probs',
      'h.0.attn.2.context',
      'h.0.attn.out',
      'h.0.resid_mid',
    ]);
    expect(beside('h.0.mlp')).to.deep.equal([
      'h.0.ln_2',
      'h.0.mlp.pre',
      'h.0.mlp.hidden',
      'h.0.mlp.out',
      'h.0.resid_post',
    ]);
    expect(beside('embed.token')).to.deep.equal(['embed.token', 'embed.position', 'embed']);
    expect(beside('logits')).to.deep.equal(['ln_f', 'logits', 'probs']);
    expect(beside('h.1')).to.have.length(15);
  });
});
