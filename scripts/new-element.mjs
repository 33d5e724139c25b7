// `npm run new-element <tag> [-- --group "attention"] [--chapter attention]`: writes a new element that works: the length
// of each token's vector, as a start to be replaced. With `--chapter`, a section of that chapter with the element in it.
import {appendFileSync, existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {GROUPS} from './generate/elements.mjs';
import {chapterSection, files} from './new-element/templates.mjs';
import {root, run} from './run.mjs';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {group: {type: 'string', default: 'the model'}, chapter: {type: 'string'}},
});
const [tag] = positionals;
const chapter = values.chapter && join(root, `docs-site/src/content/docs/learn/${values.chapter}.mdx`);

function problem() {
  if (!tag || !/^[a-z]+(-[a-z0-9]+)+$/.test(tag))
    return 'Name the new element: npm run new-element rotary-position. A tag has lower-case words joined by hyphens.';
  if (existsSync(join(root, `src/elements/${tag}`))) return `src/elements/${tag} exists already.`;
  if (!GROUPS.includes(values.group)) return `--group is one of: ${GROUPS.join(', ')}.`;
  if (chapter && !existsSync(chapter)) return `There is no chapter ${chapter}.`;
}

const wrong = problem();
if (wrong) {
  console.error(wrong);
  process.exit(1);
}

for (const [file, text] of Object.entries(files(tag, values.group))) {
  mkdirSync(join(root, file, '..'), {recursive: true});
  writeFileSync(join(root, file), text);
  console.log(file);
}
if (chapter) appendFileSync(chapter, chapterSection(tag));
await run('biome', ['check', '--write', `src/elements/${tag}`, `stories/${tag}.stories.ts`], {quiet: true});
process.exitCode = (await run('node', [join(root, 'scripts/generate.mjs')])).code;
console.log(`
Try it:   npx wtr --files 'src/elements/${tag}/*.test.ts'    npm run storybook
Then replace its question (lead), its data (load) and its drawing (renderData).`);
