import {expect} from '@open-wc/testing';
import {
  connectInProcess,
  freshAutosaves,
  reaches,
  TINY_SPEC,
  TINY_TRAINING,
} from '../../../engine/testing/in-process.js';
import {uniformAt} from '../../../math/rng.js';
import {parameterLayout, writeArena} from '../../../model/parameters.js';
import {useBackend} from '../../../model/testing/backends.js';
import {traceNames} from '../../../model/trace-names.js';
import {LiveModel} from '../../../state/live-model.js';
import {readFor} from '../data/detail.js';
import {type Along, readArchitecture} from '../data/read-architecture.js';
import {arithmeticOf} from '../sources/arithmetic.js';
import {sourceOf} from '../sources/sources.js';
import {checkNumbers} from '../testing/check-numbers.js';
import {passOfWeights} from '../testing/reference-pass.js';

const CELLS = 200;
const NO_CHANGES = {off: '', patch: '', patchText: ''};

describe('while the model trains', () => {
  before(() => useBackend('cpu'));

  for (const [name, changes] of [
    ['2 layers, tied head', {nLayers: 2}],
    ['3 layers, untied head, no qkv bias', {nLayers: 3, tieWeights: false, qkvBias: false}],
  ] as const)
    it(`all numbers that the map shows together are of one step: ${CELLS} cells at random (${name})`, async () => {
      const spec = {...TINY_SPEC, config: {...TINY_SPEC.config, ...changes}};
      const model = new LiveModel('m', spec, () => connectInProcess({autosaves: freshAutosaves()}), {
        backend: 'cpu',
      });
      const {config} = await model.ready;
      const ids = model.encode('one two');
      const layout = parameterLayout(config);
      const names = traceNames(config.nLayers).filter((one) => sourceOf(one, config));
      const along: Along = {
        want: names.flatMap((one) => readFor(one, config).want),
        weights: layout.slots.map((slot) => slot.name),
        attributed: {position: 1},
      };
      await model.train({...TINY_TRAINING, steps: 100_000});
      const steps = new Set<number>();
      for (let round = 0; round < 3; round++) {
        const shown = await readArchitecture(
          model,
          ids,
          NO_CHANGES,
          new AbortController().signal,
          async () => along,
        );
        steps.add(shown.step!);
        const arena = new Float32Array(layout.length);
        writeArena(layout, arena, Object.entries(shown.weights!));
        const reference = await passOfWeights(config, ids, arena);
        // The map itself: what is written on it, and what the reference would have written.
        checkNumbers(shown, reference, {chosen: 3, count: CELLS, seed: round});
        // A closer look: cells of all tensors, from what they are computed from.
        const tensors = {...shown.trace, ...shown.weights};
        for (let i = 0; i < CELLS; i++) {
          const tensor = names[i % names.length]!;
          const {shape, data} = shown.trace[tensor]!;
          const offset = Math.floor(uniformAt(round + 10, i) * data.length);
          const cell = shape.map(
            (_, axis) => Math.floor(offset / shape.slice(axis + 1).reduce((a, b) => a * b, 1)) % shape[axis]!,
          );
          const {value} = arithmeticOf(sourceOf(tensor, config)!.rule, cell, {config, ids, tensors});
          const expected = (reference.trace[tensor]!.data as Float32Array)[offset]!;
          if (Number.isFinite(expected))
            expect(value, `${tensor}[${cell}]`).to.be.closeTo(
              expected,
              1e-4 * Math.max(1, Math.abs(expected)),
            );
        }
        // The attribution of a candidate: its terms add up to the logit that the reference gives.
        const {targets, logits, terms} = shown.attributed!.attribution;
        targets.forEach((id, i) => {
          const logit = (reference.trace.logits!.data as Float32Array)[config.vocabSize + id]!;
          expect(logits[i]).to.be.closeTo(logit, 1e-4 * Math.max(1, Math.abs(logit)));
          expect(terms.reduce((sum, {values}) => sum + values[i]!, 0)).to.be.closeTo(
            logit,
            1e-4 * Math.max(1, Math.abs(logit)),
          );
        });
        await reaches(model, shown.step! + 1);
      }
      expect(steps.size, 'steps seen').to.equal(3);
      await model.close();
    });
});
