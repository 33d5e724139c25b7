import {expect} from '@open-wc/testing';
import golden from './golden/recurrent.json';
import {
  influenceByDistance,
  type RecurrentNetwork,
  randomRecurrent,
  recurrentStates,
  scaled,
  spectralRadius,
} from './recurrent.js';
import {normals} from './rng.js';

const network: RecurrentNetwork = {
  width: golden.w.length,
  w: Float64Array.from(golden.w.flat()),
  u: Float64Array.from(golden.u.flat()),
};

function influence(of: RecurrentNetwork, xs: readonly ArrayLike<number>[]): Float64Array {
  const steps = influenceByDistance(of, recurrentStates(of, xs));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

describe('a recurrent network', () => {
  it('has the states that PyTorch computes', () => {
    for (const [t, state] of recurrentStates(network, golden.x).entries())
      state.forEach((value, i) => {
        expect(value).to.be.closeTo(golden.states[t]![i]!, 1e-7);
      });
  });

  it('feels of each token what PyTorch’s autograd says', () => {
    const found = influence(network, golden.x);
    expect(found).to.have.length(golden.influence.length);
    found.forEach((norm, d) => {
      expect(norm).to.be.closeTo(golden.influence[d]!, 1e-9);
    });
  });

  it('and what finite differences say', () => {
    const random = randomRecurrent(5, 1.3, 3);
    const xs = Array.from({length: 6}, (_, t) => Array.from(normals(5, 0, 1, t + 1)));
    const found = influence(random, xs);
    const epsilon = 1e-5;
    const last = (changed: number[][]): Float64Array => recurrentStates(random, changed).at(-1)!;
    for (let d = 0; d < xs.length; d++) {
      let squares = 0;
      for (let j = 0; j < 5; j++) {
        const moved = (by: number) =>
          last(xs.map((x, t) => (t === xs.length - 1 - d ? x.map((v, i) => (i === j ? v + by : v)) : x)));
        const [up, down] = [moved(epsilon), moved(-epsilon)];
        for (let i = 0; i < 5; i++) squares += ((up[i]! - down[i]!) / (2 * epsilon)) ** 2;
      }
      expect(found[d]).to.be.closeTo(Math.sqrt(squares), 1e-8);
    }
  });

  it('feels nothing where there is nothing', () => {
    expect([...influence(network, [])]).to.deep.equal([]);
    const first = influence(scaled(network, 0), golden.x);
    expect(first[0]).to.be.greaterThan(0);
    expect([...first.subarray(1)]).to.deep.equal(Array(golden.x.length - 1).fill(0));
  });

  it('has the spectral radius that PyTorch finds, and that is asked for', () => {
    expect(spectralRadius(network.w, network.width)).to.be.closeTo(golden.spectralRadius, 1e-3);
    for (const radius of [0.5, 1.5]) {
      const {w, width} = randomRecurrent(32, radius, 1);
      expect(spectralRadius(w, width)).to.be.closeTo(radius, 1e-9);
    }
    expect(spectralRadius(Float64Array.of(0, 1, 0, 0), 2)).to.equal(0);
    expect(spectralRadius(Float64Array.of(0, -2, 2, 0), 2)).to.be.closeTo(2, 1e-3); // a rotation
  });

  it('is the same for the same seed', () => {
    expect([...randomRecurrent(4, 1, 7).w]).to.deep.equal([...randomRecurrent(4, 1, 7).w]);
    expect([...randomRecurrent(4, 1, 7).w]).not.to.deep.equal([...randomRecurrent(4, 1, 8).w]);
  });
});
