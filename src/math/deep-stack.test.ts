import {expect} from '@open-wc/testing';
import {randomStack, stackGradients} from './deep-stack.js';
import golden from './golden/deep-stack.json';

describe('stackGradients', () => {
  for (const [name, shortcut] of [
    ['with', 1],
    ['without', 0],
  ] as const)
    it(`stackGradients has the loss and the gradients of PyTorch ${name} shortcuts`, () => {
      const {loss, norms} = stackGradients(golden, shortcut);
      expect(loss).to.be.closeTo(golden[name].loss, 1e-9);
      expect(norms).to.have.length(5);
      for (const [n, norm] of norms.entries()) expect(norm).to.be.closeTo(golden[name].norms[n]!, 1e-9);
    });

  it('stackGradients reaches the first of 32 layers only with shortcuts', () => {
    const stack = randomStack(32, 1);
    const [first] = stackGradients(stack, 1).norms;
    const [faint] = stackGradients(stack, 0).norms;
    expect(first! / faint!).to.be.greaterThan(1e4);
  });

  it('randomStack is the same for the same seed', () => {
    expect(randomStack(2, 3).weights).to.deep.equal(randomStack(2, 3).weights);
    expect(randomStack(2, 3).weights).not.to.deep.equal(randomStack(2, 4).weights);
  });
});
