// Packages that every dev server bundles before it starts (Storybook, vitest, Astro, Web Test Runner):
// Vite finds a worker's imports late and then reloads the page; Web Test Runner cannot serve the CommonJS below them.
export const prebundled = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-core/dist/register_all_gradients.js',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-webgl',
  '@tensorflow/tfjs-backend-webgpu',
  'birpc',
  'd3',
  'fflate',
  'idb-keyval',
  'js-tiktoken/lite',
  'js-tiktoken/ranks/cl100k_base',
  'js-tiktoken/ranks/gpt2',
  'js-tiktoken/ranks/o200k_base',
];
// Storybook loads lit-html and its directive helpers by itself: unless named, a second copy comes
// ("Multiple versions of Lit loaded").
export const lit = [
  'lit',
  'lit-html',
  'lit/decorators.js',
  'lit/directive-helpers.js',
  'lit/directives/class-map.js',
  'lit/directives/if-defined.js',
  'lit/directives/live.js',
  'lit/directives/ref.js',
  'lit/directives/repeat.js',
  'lit/directives/style-map.js',
  'lit/directives/unsafe-html.js',
];
