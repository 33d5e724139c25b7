// Contestants of the training step take turns: A, B, C, A, B, C … Their speeds are compared within one session only.
import {firstLine, notRun} from './group.mjs';

/** Losses further apart are not the same computation, and a comparison of their times means nothing. */
const SAME_LOSS = 1e-3;

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * The plan steps before and after each peer: what else the machine does changes within a minute, and a peer's step can take half of one. A
 * peer's speedup is the median, over the rounds, of its time by the mean of the plan's on either side.
 * @param {object} entry
 * @param {string[]} entry.names the plan first
 * @param {string[]} [entry.otherModels] those that cannot compute the same model: their losses are not compared
 * @param {number} entry.rounds after the first, which is not timed
 * @param {(name: string, step: number) => Promise<{ms: number, loss: number, calls: Record<string, number>}>} entry.lap
 * @param {(name: string, steps: number) => Promise<number>} entry.emptied
 * @param {number} [entry.limitMs] a peer whose step takes longer gets no other one
 * @param {(sofar: {figures: object, details: object}) => void} [entry.onRound] what there is after each round, in case that no other comes
 * @returns {Promise<{figures: Record<string, import('./group.mjs').Answer>, details: object}>}
 */
export async function runRace({
  names: [plan, ...peers],
  otherModels = [],
  rounds,
  lap,
  emptied,
  limitMs = Number.POSITIVE_INFINITY,
  onRound,
}) {
  const planLosses = [];
  const planMs = [];
  const stepPlan = async () => {
    const {ms, loss} = await lap(plan, planLosses.length + 1);
    planLosses.push(loss);
    planMs.push(ms);
    return ms;
  };
  const entries = peers.map((name) => ({
    name,
    ms: [],
    ratios: [],
    losses: [],
    out: undefined,
    calls: undefined,
    nullDispatchMs: notRun('not reached: the race was broken off'),
  }));

  function outcome() {
    const figures = {};
    const details = {[plan]: {ms: planMs, losses: planLosses.slice(0, rounds + 1)}};
    for (const {name, ms, ratios, losses, calls, out, nullDispatchMs} of entries) {
      const answer = (value) =>
        out ? notRun(out) : (value ?? notRun('not reached: the race was broken off'));
      figures[`train.speedup.${name}`] = answer(median(ratios.slice(1)));
      figures[`train.peers.${name}.dispatchesPerStep`] = answer(calls?.dispatches);
      figures[`train.peers.${name}.submitsPerStep`] = answer(calls?.submits);
      figures[`train.peers.${name}.nullDispatchMs`] = answer(nullDispatchMs);
      details[name] = {
        ms,
        ratios,
        losses,
        callsPerStep: calls,
        ...(out && {out}),
        ...(otherModels.includes(name) && {
          note: 'the same sizes, but not the same model: losses are not compared',
        }),
      };
    }
    return {figures, details};
  }

  await stepPlan(); // compiles
  for (let round = 1; round <= rounds + 1; round++) {
    let before = await stepPlan();
    for (const peer of entries.filter(({out}) => !out)) {
      try {
        const {ms, loss, calls} = await lap(peer.name, round);
        const after = await stepPlan();
        peer.losses.push(loss);
        peer.calls = calls;
        const apart = Math.abs(loss - planLosses[round - 1]);
        if (!otherModels.includes(peer.name) && !(apart <= SAME_LOSS))
          peer.out = `void: at step ${round} its loss is ${loss}, the plan's ${planLosses[round - 1]}`;
        else if (ms > limitMs)
          peer.out = `stopped: step ${round} took ${seconds(ms)}, more than ${seconds(limitMs)}`;
        peer.ms.push(ms);
        peer.ratios.push((2 * ms) / (before + after));
        before = after;
      } catch (error) {
        peer.out = `failed: ${firstLine(error)}`;
      }
      const shown = peer.out ?? seconds(peer.ms.at(-1));
      console.error(`  round ${round} of ${rounds + 1}: ${peer.name} ${shown}`);
    }
    onRound?.(outcome());
  }
  for (const peer of entries.filter(({out}) => !out))
    peer.nullDispatchMs = await emptied(peer.name, 7).catch((error) => notRun(`failed: ${firstLine(error)}`));
  return outcome();
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
