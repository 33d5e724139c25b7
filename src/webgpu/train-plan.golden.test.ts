import {expect} from '@open-wc/testing';
import {GOLDEN, goldenBatch, unpack} from '../model/testing/golden.js';
import {relativeError} from './testing/compare.js';
import {expectNoGpuErrors, testDevice} from './testing/gpu.js';
import {testArenas} from './testing/training.js';
import {TrainPlan} from './train-plan.js';

describe('a training plan and PyTorch', () => {
  afterEach(expectNoGpuErrors);

  for (const name of ['tied', 'untied'] as const)
    it(`agree on gradients and 20 steps (${name} head)`, async () => {
      const golden = GOLDEN[name];
      const device = await testDevice();
      const plan = await TrainPlan.create({
        device,
        config: golden.config,
        batchSize: golden.ids[0]!.length,
        arenas: testArenas(device, golden.arena),
      });
      const {loss, gradient} = await plan.gradient(goldenBatch(golden, 0));
      expect(loss).closeTo(golden.loss, 1e-5);
      for (const slot of plan.program.layout.slots) {
        const ours = gradient.subarray(slot.offset, slot.offset + slot.size);
        expect(relativeError(ours, unpack(golden.gradients[slot.name]!).data), slot.name).below(1e-4);
      }
      for (const [i, expected] of golden.trajectory.losses.entries()) {
        const report = await plan.stepAndReport(goldenBatch(golden, i), {...golden.adamw, step: i + 1});
        expect(report.loss, `loss of step ${i + 1}`).closeTo(expected, 1e-3);
        expect(report.gradientNorm, `norm of step ${i + 1}`).closeTo(
          golden.trajectory.gradientNorms[i]!,
          1e-2,
        );
      }
      plan.dispose();
    });
});
