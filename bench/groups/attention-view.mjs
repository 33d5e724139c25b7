// <attention-matrix> on data of GPT-2's size: what a frame costs while the pointer moves over 1,024 tokens, and how long the
// overview of 12 × 12 heads takes until its last picture is drawn. No model: weights are handed over.
import {atMost} from '../group.mjs';

/** @type {import('../group.mjs').Group} */
export const attentionView = {
  name: 'attention-view',
  about: 'the attention matrix on 1,024 tokens under a pointer, and 12 × 12 heads at once',
  figures: {
    // The main thread's work for one place of the pointer, layout included: median, and of 100 places the 95th
    'attentionView.hover1024.workMs': {unit: 'ms', target: atMost(16)},
    'attentionView.hover1024.work95Ms': {unit: 'ms'},
    // From one frame to the next meanwhile
    'attentionView.hover1024.frameMs': {unit: 'ms'},
    'attentionView.overview12x12.64tokens.ms': {unit: 'ms', target: atMost(200)},
    'attentionView.overview12x12.256tokens.ms': {unit: 'ms'},
  },
  async run({inPage}) {
    const {hover, short, long} = await inPage('bench/measure/attention-view.ts', async (tab) => ({
      hover: await tab.call('measureHover'),
      short: await tab.call('measureOverview', {tokens: 64}),
      long: await tab.call('measureOverview', {tokens: 256}),
    }));
    return {
      figures: {
        'attentionView.hover1024.workMs': hover.workMs,
        'attentionView.hover1024.work95Ms': hover.work95Ms,
        'attentionView.hover1024.frameMs': hover.frameMs,
        'attentionView.overview12x12.64tokens.ms': short.ms,
        'attentionView.overview12x12.256tokens.ms': long.ms,
      },
      details: {hover, short, long},
    };
  },
};
