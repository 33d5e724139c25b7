import {hash32} from '../../math/rng.js';
import type {HostParts} from '../worker/host.js';

/** A whole number from 0 up to, not including, `below`. */
export type Draw = (below: number) => number;

/** How long one round may take: what hangs is a failure. */
const ROUND_MS = 20_000;

/**
 * Runs a check with many generated inputs, each fixed by its number.
 * @returns what failed, one line each; to be compared with an empty list
 */
export async function failuresOf(
  rounds: number,
  check: (draw: Draw, round: number) => Promise<void>,
): Promise<string[]> {
  const failures: string[] = [];
  for (let round = 1; round <= rounds; round++) {
    let state = round;
    const draw: Draw = (below) => {
      state = hash32(state + 1);
      return (state >>> 0) % below;
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('It did not end.')), ROUND_MS);
    });
    try {
      await Promise.race([check(draw, round), late]);
    } catch (error) {
      failures.push(`round ${round}: ${(error as Error).message}`);
    }
    clearTimeout(timer);
  }
  return failures;
}

/** Throws unless a claim about a round holds. */
export function must(claim: boolean, otherwise: string): void {
  if (!claim) throw new Error(otherwise);
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Leaves out what a choice of backend measures, which takes longer than a round. */
export const QUICK: HostParts = {
  selfTest: async () => undefined,
  glance: async () => 1,
  probe: async () => ({flopsPerSecond: 1e9, overheadMs: 1, probeMs: 0}),
  memory: {recall: async () => undefined, keep: async () => {}},
};
