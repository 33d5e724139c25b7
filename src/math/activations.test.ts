import {expect} from '@open-wc/testing';
import {ACTIVATION_NAMES, ACTIVATIONS} from './activations.js';
import golden from './golden/activations.json';

describe('ACTIVATIONS', () => {
  for (const name of ACTIVATION_NAMES)
    it(`ACTIVATIONS has the values and slopes of PyTorch for ${name}`, () => {
      const {value, slope} = ACTIVATIONS[name];
      for (const [i, x] of golden.xs.entries()) {
        expect(value(x), `${name}(${x})`).to.be.closeTo(golden[name].values[i]!, 1e-6);
        expect(slope(x), `slope of ${name} at ${x}`).to.be.closeTo(golden[name].slopes[i]!, 1e-6);
      }
    });

  it('ACTIVATIONS has both forms of GELU, which never differ by more than 0.0005', () => {
    let most = 0;
    for (let x = -8; x <= 8; x += 0.01)
      most = Math.max(most, Math.abs(ACTIVATIONS.gelu.value(x) - ACTIVATIONS['gelu-exact'].value(x)));
    expect(most).to.be.within(4e-4, 5e-4);
  });
});
