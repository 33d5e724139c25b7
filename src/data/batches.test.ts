import {expect} from '@open-wc/testing';
import {key} from '../math/rng.js';
import {cutWindows, ShuffledWindows, spreadStarts} from './batches.js';

const starts = Uint32Array.from({length: 7}, (_, i) => i * 4);

describe('batches', () => {
  it('pairs every place with the token that came next', () => {
    const tokens = Int32Array.from({length: 20}, (_, i) => 100 + i);
    const {tokens: batch, labels} = cutWindows(tokens, [8, 0], 3);
    expect([...batch.ids]).to.deep.equal([108, 109, 110, 100, 101, 102]);
    expect([...labels]).to.deep.equal([109, 110, 111, 101, 102, 103]);
    expect(batch).to.include({batchSize: 2, length: 3});
  });

  it('show every window once an epoch, in another order each time', () => {
    const windows = new ShuffledWindows(starts, 5);
    const sequence = Array.from({length: 14}, (_, step) => windows.startsAt(step, 2)).flat();
    const epochs = [0, 7, 14, 21].map((from) => sequence.slice(from, from + 7));
    for (const epoch of epochs) expect([...epoch].sort((a, b) => a - b)).to.deep.equal([...starts]);
    expect(new Set(epochs.map(String)).size).to.be.greaterThan(1);
  });

  it('are a pure function of seed and step', () => {
    const forwards = new ShuffledWindows(starts, 5);
    const all = Array.from({length: 9}, (_, step) => forwards.startsAt(step, 3));
    const direct = new ShuffledWindows(starts, 5);
    for (const step of [8, 2, 5]) expect(direct.startsAt(step, 3)).to.deep.equal(all[step]);
    expect(new ShuffledWindows(starts, 6).startsAt(0, 7)).not.to.deep.equal(direct.startsAt(0, 7));
  });

  it('of a run are drawn from a stream of their own', () => {
    expect(ShuffledWindows.ofRun(starts, 5).startsAt(3, 4)).to.deep.equal(
      new ShuffledWindows(starts, key(5, 1)).startsAt(3, 4),
    );
  });

  it('of an evaluation are spread over the whole set', () => {
    expect(spreadStarts(starts, 3)).to.deep.equal([0, 8, 16]);
    expect(spreadStarts(starts, 99)).to.deep.equal([...starts]);
    expect(spreadStarts(new Uint32Array(), 3)).to.deep.equal([]);
  });
});
