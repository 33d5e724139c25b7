/** What a step sees is cut in `data`, where the page's views find it too: they show the trainer's own batches. */
export * from '../data/batches.js';
