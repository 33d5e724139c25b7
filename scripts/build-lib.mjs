// Builds the package:
//   dist/         modules for bundlers and Node: one entry for each path of package.json's exports, shared chunks
//   dist/cdn/     bundled ES modules for <script type="module">
//   dist/engine/  what both share: the workers, each one file, and what lies beside them (WebAssembly, weights, vocabularies)
//   dist/types/   type declarations, also of the tags in React's, Preact's, Vue's and Svelte's templates
import {copyFileSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {bundleCdn, bundleEngine, bundleModules, dist, tags} from './package/bundles.mjs';
import {writeEditorData} from './package/editor-data.mjs';
import {writeFrameworkTypes} from './package/framework-types.mjs';
import {printSizes} from './package/sizes.mjs';
import {writeTypes} from './package/types.mjs';
import {root} from './run.mjs';
import {vendorWasm} from './vendor-wasm.mjs';

/** Models that ship trained: fetched from beside the worker, as the WebAssembly binaries are. */
const PRETRAINED = ['tiny-tales.safetensors'];

const ENTRIES = [
  ...['index', 'all', 'autoloader'],
  ...['model', 'training', 'tokenizers', 'data', 'checkpoint'].map((room) => `${room}/index`),
  ...tags.map((tag) => `elements/${tag}/${tag}`),
];

rmSync(dist, {recursive: true, force: true});
await writeTypes(ENTRIES);
writeFrameworkTypes(join(dist, 'types'));
writeEditorData(dist);
const engine = await bundleEngine();
await bundleModules();
const cdn = await bundleCdn();
vendorWasm(join(dist, 'engine'));
for (const name of PRETRAINED) copyFileSync(join(root, 'src/engine', name), join(dist, 'engine', name));
writeFileSync(join(dist, 'types-only.js'), 'export {};\n'); // what 'gpt-elements/react' and the like run
copyFileSync(join(root, 'NOTICE'), join(dist, 'NOTICE'));
const manifest = readFileSync(join(root, 'custom-elements.json'), 'utf8');
writeFileSync(join(dist, 'custom-elements.json'), JSON.stringify(JSON.parse(manifest)));
printSizes(join(dist, 'engine'), engine);
printSizes(join(dist, 'cdn'), cdn);
