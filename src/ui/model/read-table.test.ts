import {expect} from '@open-wc/testing';
import type {LiveModel, TraceRequest} from '../../state/live-model.js';
import {splitInto, tableFrom} from './embedding-table.js';
import {readTable} from './read-table.js';

const [V, C] = [50_000, 4];
const rowOf = (id: number) => Array.from({length: C}, (_, i) => id + i / 10);

/** A model that hands out rows, and whose whole table is too large to ask for. */
class LargeModel {
  step = 7;
  asked: number[][] = [];
  tokenizer = {vocabSize: V - 1, token: (id: number) => `t${id}`};
  ready = Promise.resolve({
    config: {vocabSize: V, embDim: C, contextLength: 8},
    parameters: 124e6,
    corpus: {excerpt: 'excerpt'},
  });
  encode() {
    return [900, 901, 900];
  }
  async weights(): Promise<never> {
    throw new Error('the whole table');
  }
  async trace({ids, want}: TraceRequest) {
    this.asked.push(Array.from(ids!));
    return {[want[0]!]: {shape: [ids!.length, C], data: Float32Array.from(Array.from(ids!).flatMap(rowOf))}};
  }
}

describe('readTable() of a large model', () => {
  const read = (model: LargeModel, wanted: number[]) =>
    readTable(model as unknown as LiveModel, wanted, new AbortController().signal);

  it('reads the rows wanted, those of the corpus’s beginning, and the lowest', async () => {
    const model = new LargeModel();
    const {ids, tokens, values, width, vocabSize, step} = await read(model, []);
    // Two different tokens of the corpus's three, and as many of the lowest as fit into the context.
    expect(ids).to.deep.equal([0, 1, 2, 3, 4, 5, 900, 901]);
    expect(tokens[6]).to.equal('t900');
    expect({width, vocabSize, step}).to.deep.equal({width: C, vocabSize: V, step: 7});
    expect(values).to.deep.equal(Float32Array.from(ids.flatMap(rowOf)));
    expect(model.asked).to.deep.equal([ids]);
  });

  it('names a row without a token by its id', async () => {
    const table = await read(new LargeModel(), [V - 1]);
    expect(table.ids).to.deep.equal([0, 1, 2, 3, 4, 900, 901, V - 1]);
    expect(table.tokens.at(-1)).to.equal(`${V - 1}`);
  });
});

describe('a table given by the page', () => {
  it('is taken nested or flat', () => {
    const nested = tableFrom([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(nested).to.deep.include({ids: [0, 1, 2], tokens: ['0', '1', '2'], width: 2, vocabSize: 3});
    const flat = tableFrom(Float32Array.of(1, 2, 3, 4, 5, 6), ['a', 'b']);
    expect(flat).to.deep.include({width: 3, tokens: ['a', 'b']});
  });

  it('splits a text into its own tokens, the longest first', () => {
    expect(splitInto('abab', ['a', 'b', 'ab', ''])).to.deep.equal([2, 2]);
    expect(() => splitInto('ac', ['a', 'b'])).to.throw('no token for “c”');
  });
});
