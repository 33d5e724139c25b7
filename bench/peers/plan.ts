/** This library's planned step, on a device of its own. */
import {testDevice} from '../../src/webgpu/testing/gpu.js';
import {BATCH, CONFIG, settings} from '../measure/config.js';
import {openPlan as open} from '../measure/plan.js';
import type {Contestant} from './contestant.js';

export async function openPlan(): Promise<Contestant> {
  const plan = await open(await testDevice(), CONFIG, BATCH);
  return {step: async (batch, step) => (await plan.stepAndReport(batch, settings(step))).loss};
}
