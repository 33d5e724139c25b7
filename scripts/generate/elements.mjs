// What is derived from the folders below src/elements: the imports of all elements, the autoloader's list, README's table.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from '../run.mjs';

/** The groups of README's table, in the order of the course; an element names its own with `@group`. */
export const GROUPS = [
  'text → ids',
  'ids → batches',
  'ids → vectors',
  'attention',
  'the block',
  'the model',
  'training',
  'generation',
  'weights',
  'finetuning',
];

export const tags = () =>
  readdirSync(join(root, 'src/elements'), {withFileTypes: true})
    .filter((entry) => entry.isDirectory())
    .map(({name}) => name)
    .sort();

const path = (tag) => `./elements/${tag}/${tag}.js`;

export const allModule = () => `// Written by scripts/generate.mjs. Do not edit.
/** Registers every element. For a page that uses one or two, import those: \`gpt-elements/elements/<tag>.js\`. */
${tags()
  .map((tag) => `import '${path(tag)}';`)
  .join('\n')}

export * from './index.js';
`;

export const loadersModule = () => `// Written by scripts/generate.mjs. Do not edit.
/** Downloads and registers an element, by its tag. Each import is written out, so that bundlers see it. */
export const LOADERS: Readonly<Record<string, () => Promise<unknown>>> = {
${tags()
  .map((tag) => `  '${tag}': () => import('${path(tag)}'),`)
  .join('\n')}
};
`;

const [START, END] = ['<!-- elements: written by scripts/generate.mjs -->', '<!-- /elements -->'];

/** @throws {Error} if an element names no group, or an unknown one */
function groupOf(tag) {
  const source = readFileSync(join(root, `src/elements/${tag}/${tag}.ts`), 'utf8');
  const group = source.match(/^ \* @group (.+)$/m)?.[1];
  if (GROUPS.includes(group)) return group;
  throw new Error(
    `src/elements/${tag}/${tag}.ts needs a line “@group …” in its docstring, one of: ${GROUPS.join(', ')}.`,
  );
}

/** README with its table of elements written anew. */
export function readme() {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`README.md has lost its lines ${START} and ${END}.`);
  const grouped = tags().map((tag) => ({tag, group: groupOf(tag)}));
  const inGroup = (name) => grouped.filter(({group}) => group === name);
  const rows = GROUPS.filter((group) => inGroup(group).length).map(
    (group) =>
      `| ${group} | ${inGroup(group)
        .map(({tag}) => `\`${tag}\``)
        .join(', ')} |`,
  );
  return `${before}${START}\n| | |\n|---|---|\n${rows.join('\n')}\n${END}${after}`;
}
