import {expect} from '@open-wc/testing';
import {MUTATIONS, type Outcome} from './testing/mutations.js';

/** How many of each kind are tried here; `npm run test:faults` tries 10,000 and 2,000 others. */
const ROUNDS = {weights: 80, checkpoint: 40, config: 50, tokenizer: 50, zip: 80} as const;

describe('a damaged file', () => {
  for (const [kind, tryDamage] of Object.entries(MUTATIONS))
    it(`of the kind ${kind} is refused with a typed error or loaded as it was`, async () => {
      const counts: Record<Outcome, number> = {refused: 0, loaded: 0};
      for (let seed = 0; seed < ROUNDS[kind as keyof typeof ROUNDS]; seed++)
        counts[
          await tryDamage(seed).catch((cause: Error) => {
            throw new Error(`damage ${seed}: ${cause.message}`, {cause});
          })
        ]++;
      // Both happen, or the damage would be too small or too large to say anything.
      expect(counts.refused).to.be.above(10);
      expect(counts.loaded).to.be.above(0);
    });
});
