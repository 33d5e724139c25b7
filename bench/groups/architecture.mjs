// <gpt-architecture> on a forward pass of GPT-2 small’s size: how long the map takes to be drawn, and what a frame costs while a part
// opens or the reader moves the map. No model: the values are handed over. Last, the shipped model trains and the map follows it.
import {atMost} from '../group.mjs';

/** @type {import('../group.mjs').Group} */
export const architecture = {
  name: 'architecture',
  about: 'the map of 12 × 12 heads drawn, opened, zoomed and moved; and of a model that trains',
  figures: {
    // From setting the values until everything is painted, the tree for screen readers included
    'architecture.draw12x12.ms': {unit: 'ms', target: atMost(200)},
    // The main thread’s work for one frame while a part opens: median, and of all frames the 95th percentile
    'architecture.open12x12.workMs': {unit: 'ms', target: atMost(16)},
    'architecture.open12x12.work95Ms': {unit: 'ms'},
    // The same for the size of the model that ships
    'architecture.open2x4.workMs': {unit: 'ms', target: atMost(16)},
    // The same while the reader zooms with the wheel, and drags the zoomed map
    'architecture.pan12x12.workMs': {unit: 'ms', target: atMost(16)},
    'architecture.pan12x12.work95Ms': {unit: 'ms'},
    'architecture.pan2x4.workMs': {unit: 'ms', target: atMost(16)},
    // New values of the same shape, as while a model trains: the longest task
    'architecture.update2x4.ms': {unit: 'ms', target: atMost(50)},
    // The shipped model trains in the worker, and the map follows: the longest of the page’s tasks over 50 ms in 20 updates (0: there
    // was none), and the updates
    'architecture.training2x4.longTaskMs': {unit: 'ms', target: atMost(50)},
    'architecture.training2x4.updatesPerSecond': {},
  },
  async run({inPage}) {
    const {draw, large, small, pan, smallPan, update, training} = await inPage(
      'bench/measure/architecture.ts',
      async (tab) => ({
        draw: await tab.call('measureDraw', {layers: 12, heads: 12, width: 768}),
        large: await tab.call('measureOpen', {layers: 12, heads: 12, width: 768}),
        small: await tab.call('measureOpen', {layers: 2, heads: 4, width: 96}),
        pan: await tab.call('measurePan', {layers: 12, heads: 12, width: 768}),
        smallPan: await tab.call('measurePan', {layers: 2, heads: 4, width: 96}),
        update: await tab.call('measureUpdate', {layers: 2, heads: 4, width: 96}),
        training: await tab.call('measureTraining'),
      }),
      {scripts: ['src/engine/engine.worker.ts']},
    );
    return {
      figures: {
        'architecture.draw12x12.ms': draw.ms,
        'architecture.open12x12.workMs': large.workMs,
        'architecture.open12x12.work95Ms': large.work95Ms,
        'architecture.open2x4.workMs': small.workMs,
        'architecture.pan12x12.workMs': pan.workMs,
        'architecture.pan12x12.work95Ms': pan.work95Ms,
        'architecture.pan2x4.workMs': smallPan.workMs,
        'architecture.update2x4.ms': update.ms,
        'architecture.training2x4.longTaskMs': training.longestMs,
        'architecture.training2x4.updatesPerSecond': training.updatesPerSecond,
      },
      details: {draw, large, small, pan, smallPan, update, training},
    };
  },
};
