// Runs the stages of a job one after the other, times them, and sums up at the end.
// A failing stage does not stop the others: one run tells everything that is wrong.

const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/**
 * @param {{name: string, run: () => Promise<boolean>, needed?: boolean}[]} stages
 *   `needed`: what follows makes no sense without it, so the job ends if it fails.
 * @returns {Promise<boolean>} whether all of them succeeded
 */
export async function runStages(stages) {
  const began = performance.now();
  const lines = [];
  let good = true;
  for (const {name, run, needed} of stages) {
    console.log(`\n── ${name}`);
    const from = performance.now();
    const ok = await run().catch((error) => {
      console.error(error.message);
      return false;
    });
    lines.push(`  ${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(24)} ${seconds(from).padStart(8)}`);
    good &&= ok;
    if (needed && !ok) break;
  }
  console.log(`\n${lines.join('\n')}\n          ${'in all'.padEnd(24)} ${seconds(began).padStart(8)}`);
  return good;
}
