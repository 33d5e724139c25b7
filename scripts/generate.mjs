// `npm run generate`: writes every file that is derived from the sources. `--check` does the same, and fails if one was
// out of date: the mended files are then there to be committed.
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {allModule, loadersModule, readme} from './generate/elements.mjs';
import {manifest} from './generate/manifest.mjs';
import {snippetsModule} from './generate/snippets.mjs';
import {root} from './run.mjs';

const FILES = {
  'src/all.ts': allModule,
  'src/loaders.ts': loadersModule,
  'src/ui/export/version.ts': () =>
    `// Written by scripts/generate.mjs. Do not edit.\nexport const VERSION = '${JSON.parse(read('package.json')).version}';\n`,
  'src/ui/export/snippets.ts': snippetsModule,
  'README.md': readme,
  'custom-elements.json': manifest,
};

const read = (file) => {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
};

const stale = [];
try {
  for (const [file, make] of Object.entries(FILES)) {
    const text = await make();
    if (text === read(file)) continue;
    writeFileSync(join(root, file), text);
    stale.push(file);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
if (stale.length) console.log(`Written anew: ${stale.join(', ')}`);
if (stale.length && process.argv.includes('--check')) {
  console.error('These files were out of date. They are mended now: commit them.');
  process.exitCode = 1;
}
