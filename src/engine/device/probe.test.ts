import {expect} from '@open-wc/testing';
import {useBackend} from '../../model/testing/backends.js';
import {probe} from './probe.js';

describe('the probe', () => {
  for (const [backend, engine] of [
    ['cpu', 'reference'],
    ['webgpu', 'plan'],
  ] as const)
    it(`measures what will run: on ${backend} the ${engine}`, async function () {
      this.timeout(60_000);
      await useBackend(backend);
      const speed = await probe(() => true); // the first rung is enough
      expect(speed.engine).to.equal(engine);
      expect(speed.flopsPerSecond).to.be.above(0);
      expect(speed.overheadMs).to.be.at.least(0);
    });
});
