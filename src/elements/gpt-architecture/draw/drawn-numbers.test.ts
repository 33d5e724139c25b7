import {expect} from '@open-wc/testing';
import {uniformAt} from '../../../math/rng.js';
import {useBackend} from '../../../model/testing/backends.js';
import {percent, visibleToken} from '../../../ui/base/format.js';
import {followedGuesses} from '../data/forming.js';
import type {WideLayout} from '../layout/wide.js';
import {productOf} from '../sources/product.js';
import {sourceOf} from '../sources/sources.js';
import {checkNumbers} from '../testing/check-numbers.js';
import {CELLS, CONFIGS, IDS} from '../testing/configs.js';
import {drawnMap as drawn} from '../testing/drawn-map.js';
import {referencePass} from '../testing/reference-pass.js';

describe('the numbers that the map draws', () => {
  before(() => useBackend('cpu'));

  for (const [name, config] of CONFIGS) {
    it(`are those of the forward pass: ${CELLS} cells at random (${name})`, async () => {
      // One after the other through what drawings remember, as while a model trains.
      for (const seed of [7, 8]) {
        const data = await referencePass(config, IDS, seed);
        checkNumbers(data, data, {chosen: 3, count: CELLS, seed});
      }
    });

    it(`show how the guess forms at each point of the stream (${name})`, async () => {
      const data = await referencePass(config, IDS);
      const {surface, layout} = drawn(data, 1920, 5);
      for (const {token, shares} of followedGuesses(data, 5)) {
        const row = surface.texts.filter(({text}) => text === visibleToken(token)).map(({y}) => y);
        shares.forEach((share, point) => {
          const x = (layout as WideLayout).points[point]!;
          const next = (layout as WideLayout).points[point + 1] ?? Number.POSITIVE_INFINITY;
          const written = surface.texts
            .filter((one) => row.includes(one.y) && one.x > x && one.x < next && /%/.test(one.text))
            .map(({text}) => text);
          expect(written, `${token} at point ${point}`).to.include(
            share! < 0.001 ? '< 0.1 %' : percent(share!),
          );
        });
      }
    });

    it(`stand in products that give them: ${CELLS} cells at random (${name})`, async () => {
      const data = await referencePass(config, IDS);
      const names = Object.keys(data.trace).filter((one) => {
        const kind = sourceOf(one, config)?.rule.kind;
        return kind === 'linear' || kind === 'scores' || kind === 'average' || kind === 'unembed';
      });
      for (let i = 0; i < CELLS; i++) {
        const tensor = names[i % names.length]!;
        const head = i % config.nHeads;
        const product = productOf({data, name: tensor, tensors: data.tensors}, head, IDS.length - 1)!;
        const row = Math.floor(uniformAt(3, i) * product.left.length);
        const column = Math.floor(uniformAt(4, i) * product.columns.length);
        const {shape, data: values} = data.trace[tensor]!;
        const width = shape.at(-1)!;
        const plane = shape.length === 3 ? head * shape[1]! * width : 0;
        const expected = values[plane + row * width + product.columns[column]!]!;
        const what = `${tensor}, head ${head}, [${row}, ${column}]`;
        expect(product.result[row]![column], what).to.equal(expected);
        const sum = product.left[row]!.reduce((total, x, k) => total + x * product.right[k]![column]!, 0);
        expect((sum + (product.bias?.[column] ?? 0)) / (product.divisor ?? 1), what).to.be.closeTo(
          expected,
          1e-4 * Math.max(1, Math.abs(expected)),
        );
      }
    });
  }
});
