// The package as npm packs it, unpacked into an empty folder: its files, its exports in Node, its types.
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {root, run} from '../run.mjs';
import {WASM} from '../vendor-wasm.mjs';
import {tags} from './bundles.mjs';
import {specifiers} from './types.mjs';

const MOST_BYTES = 4_000_000;

/** What an application installs with the package: Lit, and for the headless modules tfjs-core. */
const INSTALLED = [
  'lit',
  'lit-html',
  'lit-element',
  '@lit',
  '@lit-labs',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-cpu',
  '@webgpu',
];

const HEADLESS = ['model', 'training', 'tokenizers', 'data', 'checkpoint'];
const FRAMEWORKS = ['react', 'preact', 'vue', 'svelte'];

export async function pack(folder) {
  const {output} = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--loglevel=silent', '--pack-destination', folder],
    {quiet: true},
  );
  const [{filename, size, files}] = JSON.parse(output.slice(output.indexOf('[')));
  return {path: join(folder, filename), size, files: files.map(({path}) => path)};
}

let unpacked;

/** An application of our own: a folder with nothing but the package and what it needs beside it. */
const application = () =>
  (unpacked ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-'));
    const packed = await pack(folder);
    const target = join(folder, 'node_modules/gpt-elements');
    mkdirSync(target, {recursive: true});
    mkdirSync(join(folder, 'node_modules/@tensorflow'));
    const {code} = await run('tar', ['-xzf', packed.path, '-C', target, '--strip-components=1']);
    assert.equal(code, 0, 'the package cannot be unpacked');
    for (const name of INSTALLED)
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
    writeFileSync(join(folder, 'package.json'), '{"type": "module", "private": true}');
    return {folder, packed, manifest: JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'))};
  })());

async function inNode(code) {
  const {folder} = await application();
  const file = join(folder, 'main.js');
  writeFileSync(file, code);
  const {code: exit, output} = await run('node', [file], {cwd: folder, quiet: true});
  assert.equal(exit, 0, output);
  return output;
}

/** @returns {Promise<string[]>} The compiler's messages, with libraries checked as well. */
async function compile(code, moduleResolution) {
  const {folder} = await application();
  writeFileSync(join(folder, 'main.ts'), code);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable'],
        module: moduleResolution === 'nodenext' ? 'nodenext' : 'esnext',
        moduleResolution,
        types: [],
      },
      files: ['main.ts'],
    }),
  );
  const {output} = await run('tsc', ['-p', folder, '--pretty', 'false'], {cwd: folder, quiet: true});
  return output.split('\n').filter((line) => line.includes('error TS'));
}

export const packageTests = {
  async 'the package is at most 4 MB packed'() {
    const {packed} = await application();
    assert.ok(packed.size <= MOST_BYTES, `${packed.size} bytes`);
    console.log(`        ${packed.size} bytes, ${packed.files.length} files`);
  },

  async 'the package holds the workers, the wasm binaries, the manifest and the notices once'() {
    const {packed} = await application();
    const names = packed.files.map((path) => path.split('/').at(-1));
    for (const name of [
      ...WASM,
      'engine.worker.js',
      'text.worker.js',
      'tiny-tales.safetensors',
      'ranks-gpt2.js',
    ])
      assert.equal(names.filter((other) => other === name).length, 1, name);
    for (const path of ['dist/custom-elements.json', 'LICENSE', 'dist/NOTICE'])
      assert.ok(packed.files.includes(path), `${path} is not in the package`);
    assert.deepEqual(
      packed.files.filter((path) => /\.map$|\.test\.|\.harness\./.test(path)),
      [],
    );
  },

  async 'every entry of the exports map leads to a file with types'() {
    const {folder, manifest} = await application();
    const there = (path) => existsSync(join(folder, 'node_modules/gpt-elements', path));
    const targets = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    for (const target of targets)
      for (const tag of target.includes('*') ? tags : [''])
        if (!target.includes('/cdn/') && !target.includes('/engine/'))
          assert.ok(there(target.replaceAll('*', tag)), target.replaceAll('*', tag));
  },

  async 'Node imports every module of the package, as a server does that renders a page'() {
    const paths = ['', '/all.js', '/autoloader.js', ...HEADLESS.map((name) => `/${name}.js`)];
    paths.push(...tags.map((tag) => `/elements/${tag}.js`), ...FRAMEWORKS.map((name) => `/${name}`));
    await inNode(paths.map((path) => `await import('gpt-elements${path}');`).join('\n'));
  },

  async 'Node finds an OpenAI vocabulary in the package'() {
    const ids = await inNode(`import {loadTiktoken} from 'gpt-elements/tokenizers.js';
      console.log((await loadTiktoken('gpt2')).encode('Hello tokenizer').join());`);
    assert.equal(ids.trim(), '15496,11241,7509');
  },

  async 'a tokenizer is trained in Node, which does not end before it is done'() {
    const merges = await inNode(`import {trainBPE} from 'gpt-elements/tokenizers.js';
      const text = Array.from({length: 60_000}, (_, i) => (i * 7919) % 9973).join(' ');
      console.log((await trainBPE(text, {merges: 50})).spec.merges.length);`);
    assert.equal(merges.trim(), '50');
  },

  async 'a Hugging Face folder is written and read in Node, without tfjs, also as a zip file'() {
    const code = `import {bytesSource, openFolder, openZip, parameterShapes, writeFolder, writeZip} from 'gpt-elements/checkpoint.js';
      import {CharTokenizer} from 'gpt-elements/tokenizers.js';
      const config = {vocabSize: 4, contextLength: 3, embDim: 2, nHeads: 1, nLayers: 1, dropRate: 0, qkvBias: false, tieWeights: true};
      const sizes = new Map(parameterShapes(config).map(([name, shape]) => [name, shape.reduce((a, b) => a * b, 1)]));
      const weight = (name) => new Float32Array(sizes.get(name)).fill(name.length);
      const files = writeFolder({config, tokenizer: CharTokenizer.fromText('abc'), weight});
      const parts = [];
      for await (const part of writeZip(files)) parts.push(part.slice());
      const folder = await openFolder(await openZip(bytesSource(Buffer.concat(parts))));
      const read = [];
      for await (const {model, data} of folder.weights()) if (data?.every((value) => value === model.length)) read.push(model);
      console.log(read.length === sizes.size && folder.tokenizer.encode('cab').join());`;
    assert.equal((await inNode(code)).trim(), '2,0,1');
    const {folder} = await application();
    const text = readFileSync(join(folder, 'node_modules/gpt-elements/dist/checkpoint.js'), 'utf8');
    assert.ok(!text.includes('@tensorflow/tfjs-core'), 'checkpoint.js imports tfjs');
  },

  async 'a model trains in Node, with tfjs-core and a backend beside the package'() {
    const losses = await inNode(`import '@tensorflow/tfjs-backend-cpu';
      import {DEFAULT_TRAINING, LanguageTask, TrainingSession} from 'gpt-elements/training.js';
      import {normalizeConfig} from 'gpt-elements/model.js';
      const config = normalizeConfig({embDim: 8, nHeads: 2, nLayers: 1, contextLength: 8, vocabSize: 4});
      const tokens = Int32Array.from({length: 400}, (_, i) => i % 4);
      const session = new TrainingSession({config, options: {...DEFAULT_TRAINING, batchSize: 4, learningRate: 0.01},
        task: new LanguageTask({trainTokens: tokens, validationTokens: tokens, contextLength: 8, seed: 1}), seed: 1});
      const losses = [];
      for (let i = 0; i < 20; i++) losses.push((await session.step()).loss);
      console.log(JSON.stringify(losses));`);
    const [first, last] = [0, -1].map((index) => JSON.parse(losses.trim().split('\n').at(-1)).at(index));
    assert.ok(last < first - 0.1, losses);
  },

  async 'the types of everything but tfjs pass with skipLibCheck off, and name the events on document'() {
    const code = `import 'gpt-elements/autoloader.js';
      import {createModel} from 'gpt-elements';
      import * as tokenizers from 'gpt-elements/tokenizers.js';
      import * as data from 'gpt-elements/data.js';
      ${tags.map((tag) => `import 'gpt-elements/elements/${tag}.js';`).join('\n')}
      document.addEventListener('gpt-eval', ({detail}) => detail.validation.loss?.toFixed());
      // @ts-expect-error the event has no such number
      document.addEventListener('gpt-eval', ({detail}) => detail.perplexity);
      document.querySelector('attention-matrix')!.layer = 1;
      console.log(createModel, tokenizers, data);`;
    for (const resolution of ['nodenext', 'bundler']) assert.deepEqual(await compile(code, resolution), []);
  },

  // The compiler also looks in the folders above the application, and finds there what the application does not have.
  'the types import no package but Lit, tfjs-core and the framework that an entry is for'() {
    const folder = join(root, 'dist/types');
    const files = readdirSync(folder, {recursive: true}).filter((name) => name.endsWith('.d.ts'));
    const packages = files
      .flatMap((name) => specifiers(join(folder, name)))
      .filter((name) => /^[@a-z]/.test(name));
    const allowed = new RegExp(`^(lit|@tensorflow/tfjs-core|gpt-elements|${FRAMEWORKS.join('|')})(/|$)`);
    assert.ok(packages.includes('lit'));
    assert.deepEqual(
      packages.filter((name) => !allowed.test(name)),
      [],
    );
  },

  // tfjs-core's own types conflict with TypeScript 6's DOM library; with TypeScript 5 all of them pass (`npm run test:hosts`).
  async 'the types of model.js and training.js hold no error of their own with skipLibCheck off'() {
    const code = `import {forward, GPT_CONFIG_124M} from 'gpt-elements/model.js';
      import {TrainingSession} from 'gpt-elements/training.js';
      // @ts-expect-error no such export
      import {nothing} from 'gpt-elements/model.js';
      console.log(GPT_CONFIG_124M, forward, TrainingSession);`;
    const found = await compile(code, 'nodenext');
    assert.ok(!found.some((line) => line.startsWith('main.ts')), found.join('\n'));
    assert.deepEqual(
      found.filter((line) => !/node_modules[\\/](@tensorflow|@webgpu|typescript)/.test(line)),
      [],
    );
  },

  async 'publint and attw find nothing to mend'() {
    const {packed} = await application();
    const checks = [
      ['publint', '--strict', packed.path],
      ['attw', packed.path, '--profile', 'esm-only', '--exclude-entrypoints', 'custom-elements.json'],
    ];
    for (const [command, ...args] of checks) {
      const {code, output} = await run(command, args, {quiet: true});
      assert.equal(code, 0, `${command}: ${output}`);
    }
  },
};
