/** Training and sampling, usable without any element. */
export * from './adamw.js';
export * from './batches.js';
export * from './errors.js';
export * from './evaluate.js';
export * from './generate.js';
export * from './gradient.js';
export * from './options.js';
export * from './recommended.js';
export * from './sample.js';
export * from './schedule.js';
export * from './session.js';
