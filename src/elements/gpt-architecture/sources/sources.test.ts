import {expect} from '@open-wc/testing';
import {uniformAt} from '../../../math/rng.js';
import {useBackend} from '../../../model/testing/backends.js';
import {traceNames} from '../../../model/trace-names.js';
import {SNIPPETS} from '../../../ui/export/snippets.js';
import {CELLS, CONFIGS, IDS} from '../testing/configs.js';
import {referencePass} from '../testing/reference-pass.js';
import {arithmeticOf} from './arithmetic.js';
import {inputsOf, parametersOf, sourceOf} from './sources.js';

describe('the declared sources', () => {
  before(() => useBackend('cpu'));

  for (const [name, config] of CONFIGS)
    it(`give ${CELLS} cells of all tensors as the reference computes them (${name})`, async () => {
      const inputs = await referencePass(config, IDS);
      const names = traceNames(config.nLayers);
      for (let i = 0; i < CELLS; i++) {
        const tensor = names[i % names.length]!;
        const {shape, data} = inputs.tensors[tensor]!;
        const offset = Math.floor(uniformAt(5, i) * data.length);
        const cell = shape.map(
          (_, axis) => Math.floor(offset / shape.slice(axis + 1).reduce((a, b) => a * b, 1)) % shape[axis]!,
        );
        const {rule} = sourceOf(tensor, config)!;
        const needed = [...inputsOf(rule), ...parametersOf(rule)];
        const tensors = Object.fromEntries(needed.map((one) => [one, inputs.tensors[one]]));
        const {value} = arithmeticOf(rule, cell, {...inputs, tensors});
        const expected = (data as Float32Array)[offset]!;
        const what = `${tensor}[${cell}]`;
        if (Number.isFinite(expected))
          expect(value, what).to.be.closeTo(expected, 1e-4 * Math.max(1, Math.abs(expected)));
        else expect(value, what).to.equal(expected);
      }
    });

  it('quote lines of the library’s own source', () => {
    const [, config] = CONFIGS[0]!;
    const source = Object.values(SNIPPETS)
      .map(({code}) => code)
      .join('\n');
    for (const name of traceNames(config.nLayers)) expect(source).to.contain(sourceOf(name, config)!.code);
  });

  it('know no tensor that a forward pass does not have', () => {
    expect(sourceOf('h.0.attn.nonsense', CONFIGS[0]![1])).to.equal(undefined);
    expect(sourceOf('nonsense', CONFIGS[0]![1])).to.equal(undefined);
  });
});
