/**
 * The library without its elements: live models, configurations, training options, errors. Importing it registers
 * no element, starts no worker and downloads no tfjs.
 *
 * The elements are in `gpt-elements/elements/<tag>.js` (or all of them in `gpt-elements/all.js`); the model itself and
 * its trainer, which bring tfjs, in `gpt-elements/model.js` and `gpt-elements/training.js`.
 */
export * from './state/index.js';
export * from './state/text-work.js';
