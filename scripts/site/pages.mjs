// The pages of the site that the tests visit.
export const LANDING = '';
export const CHAPTER = 'learn/training/';
/** Chapters whose figures show the model that comes trained. */
export const TRAINED_CHAPTERS = [
  'learn/what-it-is/',
  'learn/tokens/',
  'learn/attention/',
  'learn/inside-the-gpt/',
  'learn/finetuning/',
];
export const CHAPTERS = [...TRAINED_CHAPTERS, CHAPTER];
/** Pages of single elements: one with a model that comes trained, one that trains, one without a model. */
export const ELEMENT_PAGES = ['attention-matrix', 'loss-chart', 'self-attention-steps'].map(
  (tag) => `elements/${tag}/`,
);
export const PAGES = [LANDING, ...CHAPTERS, 'elements/', ...ELEMENT_PAGES, 'embedding/', '404.html'];
