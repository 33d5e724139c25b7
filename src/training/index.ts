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
export * from './step-queue.js';
export * from './tasks/classification.js';
export * from './tasks/language.js';
export type * from './tasks/metrics.js';
export * from './tasks/spec.js';
export type * from './tasks/task.js';
