// Builds the package:
//   dist/       one file a module with types (tsc), for npm and bundlers. Each worker (the engine's, and the one for
//               text) is replaced by one self-contained file, and tfjs's WebAssembly binaries and trained weights lie beside them.
//   dist/cdn/   bundled ES modules for <script type="module">. Flat, because `new URL('./engine.worker.js',
//               import.meta.url)` stays as written: whatever chunk it lands in, the worker lies beside it.
import {copyFileSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {rolldown} from 'rolldown';
import {root, run} from './run.mjs';
import {vendorWasm} from './vendor-wasm.mjs';

const dist = join(root, 'dist');
const cdn = join(dist, 'cdn');

const WORKERS = ['engine.worker', 'text.worker'];
/** Models that ship trained: fetched from beside the worker, as the WebAssembly binaries are. */
const PRETRAINED = ['tiny-tales.safetensors'];
const RANKS = ['gpt2', 'cl100k_base', 'o200k_base'];

/**
 * OpenAI's vocabularies (0.2–1.1 MB each, gzipped) stay files of their own, which worker and page share. The import is
 * one that no bundler follows: Vite's default for workers allows no second chunk. `new URL` still lets it copy the file.
 */
const ranksApart = {
  name: 'ranks-apart',
  transform: {
    filter: {id: /tokenizers[\\/]rank-files\.ts$/},
    handler(code) {
      const found = [];
      const apart = code.replaceAll(/\(\) => import\('js-tiktoken\/ranks\/(\w+)'\)/g, (_, name) => {
        found.push(name);
        const url = `new URL('./ranks-${name}.js', import.meta.url).href`;
        return `(onProgress) => importFile(${url}, RANK_BYTES.${name}, onProgress)`;
      });
      if (found.join() !== RANKS.join())
        throw new Error(`src/tokenizers/rank-files.ts imports other ranks: ${found}`);
      return apart;
    },
  },
};

/** White space and comments in styles: a fifth of them. Minifiers leave template literals alone. */
const tightStyles = {
  name: 'tight-styles',
  transform: {
    filter: {code: /css`/},
    handler: (code) =>
      code.replaceAll(/(?<=\bcss`)[^`$]*(?=`)/g, (css) =>
        css
          .replaceAll(/\/\*.*?\*\//gs, '')
          .replaceAll(/\s+/g, ' ')
          .replaceAll(/ ?([{};]) ?/g, '$1')
          .replaceAll(/([:,]) /g, '$1'),
      ),
  },
};

const input = {
  platform: 'browser',
  tsconfig: join(root, 'tsconfig.json'),
  logLevel: 'warn',
  transform: {target: 'es2022', define: {'process.env.NODE_ENV': '"production"'}},
  plugins: [ranksApart, tightStyles],
};
const output = {
  dir: cdn,
  format: 'esm',
  minify: true,
  comments: {legal: false}, // tfjs repeats its license in ~600 files; NOTICE is shipped instead
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
};

/**
 * What most elements need lies in few files: parts of a kilobyte each would cost more requests, and compress worse.
 * Lit is a file of its own, so that one sees what is added to it.
 */
const CHUNKS = [
  {name: 'lit', test: /node_modules[\\/](@lit|lit|lit-html|lit-element)[\\/](?!.*directive)/},
  {name: 'base', test: /src[\\/](styles[\\/]|ui[\\/]base[\\/](define|gpt-element|visible-controller)\.ts)/},
  {
    name: 'tokens',
    test: /src[\\/](ui[\\/]views[\\/]token|tokenizers[\\/](bpe[\\/](min-heap|apply-merges)|merge-steps|merging|rank-files|special-tokens|tiktoken|tiktoken-patterns|tokenizer|visible)\.ts)/,
  },
];

const elementsFolder = join(root, 'src/elements');
const tags = readdirSync(elementsFolder, {withFileTypes: true})
  .filter((entry) => entry.isDirectory())
  .map(({name}) => name);

async function bundlePage() {
  const bundle = await rolldown({
    ...input,
    input: {
      autoloader: join(root, 'src/autoloader.ts'),
      all: join(root, 'src/all.ts'),
      index: join(root, 'src/index.ts'),
      ...Object.fromEntries(tags.map((tag) => [tag, join(elementsFolder, tag, `${tag}.ts`)])),
    },
  });
  return (await bundle.write({...output, codeSplitting: {groups: CHUNKS}})).output;
}

/** A graph of its own and one file, so that the worker starts with one request. */
async function bundleWorker(name) {
  const bundle = await rolldown({...input, input: {[name]: join(root, `src/engine/${name}.ts`)}});
  return (await bundle.write({...output, codeSplitting: false})).output;
}

async function bundleRanks() {
  const bundle = await rolldown({
    ...input,
    input: Object.fromEntries(RANKS.map((name) => [`ranks-${name}`, `js-tiktoken/ranks/${name}`])),
    cwd: root,
  });
  return (await bundle.write(output)).output;
}

/** What a page downloads for an entry: the file and all that it imports statically, minified and gzipped. */
function printSizes(chunks) {
  const byName = new Map(chunks.filter(({type}) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
  const closure = (name, seen = new Set()) => {
    if (!seen.has(name) && byName.has(name)) {
      seen.add(name);
      for (const next of byName.get(name).imports) closure(next, seen);
    }
    return seen;
  };
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
  console.log(`${'dist/cdn'.padEnd(28)}${'min'.padStart(10)}${'min+gz'.padStart(10)}  with its imports`);
  for (const {fileName} of [...byName.values()].filter(({isEntry}) => isEntry)) {
    const files = [...closure(fileName)].map((name) => readFileSync(join(cdn, name)));
    const sum = (size) => files.reduce((total, file) => total + size(file), 0);
    console.log(`${fileName.padEnd(28)}${kB(sum((f) => f.length))}${kB(sum((f) => gzipSync(f).length))}`);
  }
}

rmSync(dist, {recursive: true, force: true});
if ((await run('tsc', ['-p', 'tsconfig.build.json'])).code !== 0) process.exit(1);
const chunks = [
  ...(await bundlePage()),
  ...(await Promise.all(WORKERS.map(bundleWorker))).flat(),
  ...(await bundleRanks()),
];
for (const name of [...WORKERS, ...RANKS.map((name) => `ranks-${name}`)])
  copyFileSync(join(cdn, `${name}.js`), join(dist, `engine/${name}.js`));
for (const name of WORKERS) rmSync(join(dist, `engine/${name}.js.map`), {force: true});
vendorWasm(join(dist, 'engine'));
vendorWasm(cdn);
for (const name of PRETRAINED)
  for (const folder of [join(dist, 'engine'), cdn])
    copyFileSync(join(root, 'src/engine', name), join(folder, name));
copyFileSync(join(root, 'NOTICE'), join(cdn, 'NOTICE'));
printSizes(chunks);
