// `npm run manifest` writes custom-elements.json; with `--check` it says whether the committed one is up to date
// and whether every element has the sentence (`@summary`) that Storybook, the site and editors show for it.
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join, relative} from 'node:path';
import {root, run} from './run.mjs';

const read = (folder) => readFileSync(join(folder, 'custom-elements.json'), 'utf8');

async function analyze(folder) {
  const {code} = await run('cem', ['analyze', '--quiet', '--outdir', relative(root, folder) || '.']);
  if (code !== 0) throw new Error('The elements could not be analyzed (cem analyze): see above.');
}

function problems(fresh) {
  const elements = JSON.parse(fresh).modules.flatMap(({path, declarations = []}) =>
    declarations.filter(({tagName}) => tagName).map((element) => ({path, ...element})),
  );
  const described = new Set(elements.map(({tagName}) => tagName));
  const folders = readdirSync(join(root, 'src/elements'), {withFileTypes: true}).filter((entry) =>
    entry.isDirectory(),
  );
  const found = folders
    .filter(({name}) => !described.has(name))
    .map(({name}) => `src/elements/${name}/${name}.ts registers no <${name}>: define('${name}', …).`);
  for (const {path, tagName, summary} of elements)
    if (!summary) found.push(`<${tagName}> (${path}) has no @summary: say in one sentence what it shows.`);
  if (fresh !== read(root))
    found.push('custom-elements.json is out of date: run `npm run manifest` and commit it.');
  return found;
}

if (process.argv.includes('--check')) {
  const folder = mkdtempSync(join(root, 'node_modules/.manifest-')); // cem wants a folder below this one
  try {
    await analyze(folder);
    const found = problems(read(folder));
    for (const problem of found) console.error(problem);
    process.exitCode = found.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
} else await analyze(root);
