/** Contestants of the training step in one page: opened by name, then stepped one at a time, so that they can take turns. */
import {randomBatch} from '../../src/webgpu/testing/training.js';
import type {Contestant} from '../peers/contestant.js';
import {BATCH, CONFIG} from './config.js';
import {median, timed, withoutWork} from './timing.js';
import {callsBetween, installWebGpuCounters, type WebGpuCalls, webGpuCalls} from './webgpu-calls.js';

/** Opens a contestant, ready for its first step. */
export type Entrants = Record<string, () => Promise<Contestant>>;

export interface Lap {
  ms: number;
  /** Before the update, nats per token. */
  loss: number;
  calls: WebGpuCalls;
}

export function race(entrants: Entrants) {
  installWebGpuCounters(); // before any library touches the GPU
  const open = new Map<string, Contestant>();
  const batchOf = (step: number) => randomBatch(CONFIG, BATCH, step);

  return {
    /** One step; the first includes what opening takes. Every contestant gets the same batch at the same step. */
    async lap(name: string, step: number): Promise<Lap> {
      const before = webGpuCalls();
      const batch = batchOf(step);
      let loss = Number.NaN;
      const ms = await timed(async () => {
        if (!open.has(name)) open.set(name, await entrants[name]!());
        loss = await open.get(name)!.step(batch, step);
      });
      return {ms, loss, calls: callsBetween(before, webGpuCalls())};
    },

    /** The time of a step whose dispatches have no work. Afterwards the contestant's numbers mean nothing any more. */
    async emptied(name: string, steps: number): Promise<number> {
      const contestant = open.get(name)!;
      return withoutWork(async () => {
        const times: number[] = [];
        for (let step = 1; step <= steps; step++)
          times.push(await timed(() => contestant.step(batchOf(step), step)));
        return median(times);
      });
    },
  };
}
