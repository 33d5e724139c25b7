// custom-elements.json: every element with its attributes, events, slots, parts and CSS properties.
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {join, relative} from 'node:path';
import {root, run} from '../run.mjs';
import {tags} from './elements.mjs';

/** @throws {Error} if an element is not registered under its folder's name, or has no sentence that says what it shows */
export async function manifest() {
  const folder = mkdtempSync(join(root, 'node_modules/.manifest-')); // the analyzer writes below this folder only
  try {
    const {code} = await run('cem', ['analyze', '--quiet', '--outdir', relative(root, folder)]);
    if (code !== 0) throw new Error('The elements could not be analyzed (cem analyze): see above.');
    const text = readFileSync(join(folder, 'custom-elements.json'), 'utf8');
    const problems = problemsIn(JSON.parse(text));
    if (problems.length) throw new Error(problems.join('\n'));
    return text;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

function problemsIn({modules}) {
  const elements = modules.flatMap(({path, declarations = []}) =>
    declarations.filter(({tagName}) => tagName).map((element) => ({path, ...element})),
  );
  const registered = new Set(elements.map(({tagName}) => tagName));
  return [
    ...tags()
      .filter((tag) => !registered.has(tag))
      .map((tag) => `src/elements/${tag}/${tag}.ts registers no <${tag}>: define('${tag}', …).`),
    ...elements
      .filter(({summary}) => !summary)
      .map(({path, tagName}) => `<${tagName}> (${path}) has no @summary: say in one sentence what it shows.`),
  ];
}
