// The planned training step, measured in a browser: figures under the keys of bench/results/latest.json.
import {pageInBrowser} from '../page-in-browser.mjs';

/** Each measurement gets a page of its own: nothing of the one before is left. */
async function ask(browser, name) {
  const tab = await browser.open();
  try {
    return await tab.evaluate((name) => globalThis[name](), name);
  } finally {
    await tab.close();
  }
}

/** @param {{quick: boolean}} options quick: without the slow peers */
export async function measurePlan({quick}) {
  const browser = await pageInBrowser('scripts/bench/plan.ts');
  try {
    const plan = await ask(browser, 'measurePlan');
    const decode = await ask(browser, 'measureDecode');
    const accuracy = await ask(browser, 'measureAccuracy');
    const stock = quick ? undefined : await ask(browser, 'measureStock');
    return {plan, decode, accuracy, stock, chromium: browser.chromium};
  } finally {
    await browser.close();
  }
}

/** What the figures should be, and are: a line each. */
export function targets({plan, decode, accuracy, stock}) {
  const line = (figure, value, target, met) => ({figure, value, target, met});
  const most = (figure, value, target, digits = 2) =>
    line(figure, Number(value.toFixed(digits)), `≤ ${target}`, value <= target);
  const least = (figure, value, target, digits = 2) =>
    line(figure, Number(value.toFixed(digits)), `≥ ${target}`, value >= target);
  return [
    most('train.plan.dispatchesPerStep', plan.dispatchesPerStep, 8 + 12 * 4),
    most('train.plan.submitsPerStep', plan.submitsPerStep, 1),
    most('train.plan.passesPerStep', plan.passesPerStep, 1),
    most('train.plan.allocationsPerStep', plan.allocationsPerStep, 0),
    most('train.plan.writeBuffersPerStep', plan.writeBuffersPerStep, 2),
    most('train.plan.jsMicrosPerStepNull', plan.jsMicrosPerStepNull, 10),
    most('train.plan.jsMicrosPerStepNull12Layers', plan.jsMicrosPerStepNull12Layers, 50),
    most('train.plan.nullDispatchMs', plan.nullDispatchMs, 0.9),
    least('train.plan.mfu', plan.mfu, 0.9),
    most('train.plan.peakBytesRatio', plan.peakBytesRatio, 1.15),
    most('train.plan.msToFirstStep', plan.msToFirstStep, 3000, 0),
    most('train.plan.pipelines', plan.pipelines, 14),
    ...(stock ? [least('train.speedup.stock', stock.speedup, 20, 1)] : []),
    most('decode.plan.dispatchesPerToken', decode.dispatchesPerToken, 4 * 4 + 3),
    most('decode.plan.submitsPerToken', decode.submitsPerToken, 1 / 32, 4),
    line('accuracy.gradMaxRel', accuracy.gradMaxRel, '≤ 5e-6', accuracy.gradMaxRel <= 5e-6),
    line('accuracy.loss100MaxAbs', accuracy.loss100MaxAbs, '≤ 1e-4', accuracy.loss100MaxAbs <= 1e-4),
    line('accuracy.bitIdentical', accuracy.bitIdentical, 'true', accuracy.bitIdentical),
  ];
}
