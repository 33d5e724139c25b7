// The bundles of the package. All of them share dist/engine, which holds what is large: the workers, tfjs's WebAssembly
// binaries, the trained weights and OpenAI's vocabularies.
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {rolldown} from 'rolldown';
import {root} from '../run.mjs';
import {headlessTfjs} from './headless-tfjs.mjs';
import {RANKS, ranksApart} from './ranks-apart.mjs';
import {tightStyles} from './tight-styles.mjs';
import {tightTemplates} from './tight-templates.mjs';

export const dist = join(root, 'dist');
export const WORKERS = ['engine.worker', 'text.worker'];

const source = (path) => join(root, 'src', path);
const engine = join(dist, 'engine');
const elements = source('elements');

export const tags = readdirSync(elements, {withFileTypes: true})
  .filter((entry) => entry.isDirectory())
  .map(({name}) => name);

const common = {
  platform: 'browser',
  tsconfig: join(root, 'tsconfig.json'),
  logLevel: 'warn',
  // Nothing happens in these rooms when a module is imported, so that what is unused there can be left out.
  treeshake: {
    moduleSideEffects: [{test: /src[\\/](state|ui|viz|math|data|tokenizers)[\\/]/, sideEffects: false}],
  },
  transform: {target: 'es2022', define: {'process.env.NODE_ENV': '"production"'}},
};

const output = {
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  // tfjs repeats its license in ~600 files; NOTICE is shipped instead.
  comments: {legal: false, jsdoc: false, annotation: true},
};

/** Modules that stay beside the workers, because they name files there by `new URL('./…', import.meta.url)`. */
const ENGINE = '@engine/';
const besideWorkers = (/** From the bundle's folder. */ path) => ({
  name: 'beside-workers',
  resolveId: {
    filter: {id: /\/(engine\.worker|worker-factory|rank-files)\.js$/},
    handler: (id) => ({id: id.replace(/^.*\//, ENGINE), external: true}),
  },
  renderChunk(code, {fileName}) {
    const up = '../'.repeat(fileName.split('/').length - 1);
    return code.replaceAll(ENGINE, `${up || './'}${path}`.replace('./../', '../'));
  },
});

async function write(input, options) {
  const bundle = await rolldown({...common, ...input});
  const {output: files} = await bundle.write({...output, ...options});
  await bundle.close();
  return files;
}

/** A graph of its own and one file, so that a worker starts with one request. */
const worker = (name) =>
  write(
    {
      input: {[name]: source(`engine/${name}.ts`)},
      plugins: [ranksApart, tightStyles, tightTemplates],
      // Emscripten asks whether it runs in Node. Told so here, no bundler answers for it (webpack's answer breaks it).
      transform: {
        ...common.transform,
        define: {...common.transform.define, __filename: 'undefined', __dirname: 'undefined'},
      },
    },
    {dir: engine, minify: true, codeSplitting: false},
  );

/** A module that the page needs beside the workers. */
const pageModule = (name, path) =>
  write(
    {input: {[name]: source(path)}, plugins: [ranksApart]},
    {dir: engine, minify: true, codeSplitting: false},
  );

const ranks = () =>
  write(
    {
      input: Object.fromEntries(RANKS.map((name) => [`ranks-${name}`, `js-tiktoken/ranks/${name}`])),
      cwd: root,
    },
    {dir: engine, minify: true},
  );

export const bundleEngine = async () =>
  (
    await Promise.all([
      ...WORKERS.map(worker),
      pageModule('worker-factory', 'engine/worker-factory.ts'),
      pageModule('rank-files', 'tokenizers/rank-files.ts'),
      ranks(),
    ])
  ).flat();

/**
 * What most elements need lies in few files: parts of a kilobyte each would cost more requests, and compress worse.
 * Lit is a file of its own, so that one sees what is added to it.
 */
const CHUNKS = [
  {name: 'lit', test: /node_modules[\\/](@lit|lit|lit-html|lit-element)[\\/](?!directives)/},
  {
    name: 'base',
    test: /oxc-project|src[\\/](styles[\\/]|math[\\/]shorten|tokenizers[\\/]visible|ui[\\/]base[\\/](brief-message|defaults-element|error-words|define|gpt-element|loaded|memo|sideways|stepping|visible-controller|whole)\.ts)/,
  },
  {
    name: 'live',
    test: /src[\\/](state[\\/]((live|engine|known)-model|load-tokenizers|record-key|registry|async-queue)|engine[\\/]page[\\/]connect)\.ts/,
  },
  {
    name: 'async',
    test: /src[\\/](math[\\/](within|yield-to-event-loop)|engine[\\/](errors|page[\\/]load-code)|state[\\/]spec)\.ts/,
  },
  {
    name: 'model',
    test: /src[\\/]ui[\\/](model[\\/](find-model|default-model|model-controller|start-when-idle)|base[\\/](model-facts|waiting))\.ts/,
  },
  {
    name: 'view',
    test: /src[\\/](ui[\\/](base[\\/](view-element|text-element|text-field)|model[\\/]model-data)|state[\\/]watch)\.ts/,
  },
  {
    name: 'paint',
    test: /src[\\/](ui[\\/]base[\\/](theme-controller|size-controller|view\.styles|waiting\.styles)|viz[\\/](theme|surface|canvas-surface|pooled))\.ts/,
  },
  {
    name: 'tokens',
    test: /src[\\/](ui[\\/](views[\\/]token.*|model[\\/]tokenizer-data)|tokenizers[\\/](bpe[\\/](min-heap|apply-merges)|merge-steps|merging|special-tokens|tiktoken|tiktoken-patterns|tokenizer))\.ts/,
  },
];

/** Only what a group names: with all that it imports, a page would load what it does not use. */
const SPLITTING = {includeDependenciesRecursively: false, groups: CHUNKS};

const page = {
  autoloader: source('autoloader.ts'),
  all: source('all.ts'),
  index: source('index.ts'),
};

const headless = Object.fromEntries(
  ['model', 'training', 'tokenizers', 'data', 'checkpoint'].map((name) => [name, source(`${name}/index.ts`)]),
);

const elementEntries = (folder) =>
  Object.fromEntries(tags.map((tag) => [`${folder}${tag}`, join(elements, tag, `${tag}.ts`)]));

/** What stack traces and consoles show. */
const NAMES = {function: true, class: true};

/** dist/: for bundlers and Node, functions and classes named as in the source. Lit and tfjs stay imports, so that an application has one of each. */
export const bundleModules = () =>
  write(
    {
      input: {...page, ...headless, ...elementEntries('elements/')},
      external: [/^lit(\/|$)/, '@tensorflow/tfjs-core'],
      plugins: [headlessTfjs, besideWorkers('engine/'), tightStyles, tightTemplates],
      preserveEntrySignatures: 'allow-extension',
    },
    {
      dir: dist,
      chunkFileNames: 'chunks/[name].js',
      codeSplitting: SPLITTING,
      minify: {compress: {keepNames: NAMES}, mangle: {keepNames: NAMES}, codegen: {removeWhitespace: true}},
    },
  );

/** dist/cdn: for `<script type="module">`, minified and with Lit. */
export const bundleCdn = () =>
  write(
    {
      input: {...page, ...elementEntries('')},
      plugins: [besideWorkers('../engine/'), tightStyles, tightTemplates],
      preserveEntrySignatures: 'allow-extension',
    },
    {dir: join(dist, 'cdn'), minify: true, codeSplitting: SPLITTING},
  );
