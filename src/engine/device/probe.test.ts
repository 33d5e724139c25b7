import {expect} from '@open-wc/testing';
import {useBackend} from '../../model/testing/backends.js';
import {probe} from './probe.js';

describe('the probe', () => {
  for (const [backend, kernels] of [
    ['cpu', 'reference'],
    ['webgpu', 'plan'],
  ] as const)
    it(`times training steps with the kernels of the run: ${kernels} on ${backend}`, async () => {
      await useBackend(backend);
      const speed = await probe(() => true); // the first rung is enough
      expect(speed.kernels).to.equal(kernels);
      expect(speed.flopsPerSecond).to.be.above(0);
      expect(speed.overheadMs).to.be.at.least(0);
    });
});
