// Runs the stages of a job, times them, and sums up at the end.
// A failing stage does not stop the others: one run tells everything that is wrong.

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const line = (word, name, ms) => `  ${word.padEnd(6)}  ${name.padEnd(24)} ${seconds(ms).padStart(8)}`;

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {(options: {quiet: boolean}) => Promise<{code: number, output?: string}>} run as `run` of run.mjs does it
 * @property {boolean} [needed] the rest makes no sense without it, so the lane ends if it fails
 */

/**
 * Runs lanes at the same time, and the stages of each one after another. What a stage prints is shown at once if there
 * is one lane, and at the end of the stage if there are several.
 * @param {Stage[][]} lanes
 * @returns {Promise<boolean>} whether all stages succeeded
 */
export async function runLanes(lanes) {
  const quiet = lanes.length > 1;
  const began = performance.now();
  const lines = lanes.map(() => []);
  let good = true;

  async function runLane(stages, own) {
    for (const {name, run, needed} of stages) {
      console.log(quiet ? `${name} …` : `\n── ${name}`);
      const from = performance.now();
      const {code, output = ''} = await run({quiet}).catch(({message}) => {
        if (!quiet) console.error(message);
        return {code: 1, output: message};
      });
      if (quiet) console.log(`\n── ${name}\n${output}`);
      own.push(line(code === 0 ? 'ok' : 'FAILED', name, performance.now() - from));
      good &&= code === 0;
      if (needed && code !== 0) break;
    }
  }

  await Promise.all(lanes.map((stages, i) => runLane(stages, lines[i])));
  console.log(`\n${lines.map((own) => own.join('\n')).join('\n\n')}`);
  console.log(line('', 'in all', performance.now() - began));
  return good;
}

/** Runs stages one after another. */
export const runStages = (stages) => runLanes([stages]);
