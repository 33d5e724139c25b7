// src/ui/export/snippets.ts: the regions of the library's source that elements show as “the code that computed this”.
// A region stands between `// #region name` and `// #endregion`.
import {readdirSync, readFileSync} from 'node:fs';
import {root} from '../run.mjs';

const sources = () =>
  ['math', 'model', 'training', 'tokenizers', 'data', 'webgpu']
    .flatMap((room) =>
      readdirSync(`${root}src/${room}`, {recursive: true}).map((file) => `src/${room}/${file}`),
    )
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort();

/** @throws {Error} if two regions have the same name */
export function snippetsModule() {
  const snippets = {};
  for (const file of sources()) {
    const text = readFileSync(root + file, 'utf8');
    for (const [, indent, name, body] of text.matchAll(
      /^([ \t]*)\/\/ #region (\S+)\n([\s\S]*?)^[ \t]*\/\/ #endregion/gm,
    )) {
      if (snippets[name])
        throw new Error(`two regions are called ${name}: ${snippets[name].file} and ${file}`);
      const code = body
        .split('\n')
        .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
        .join('\n')
        .trimEnd();
      snippets[name] = {file, code};
    }
  }

  const entries = Object.entries(snippets)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, {file, code}]) =>
        `  ${JSON.stringify(name)}: {\n    file: ${JSON.stringify(file)},\n    code: ${JSON.stringify(code)},\n  },`,
    );
  return `// Written by scripts/generate.mjs from the regions in the source. Do not edit.
export const SNIPPETS = {
${entries.join('\n')}
} as const satisfies Record<string, {file: string; code: string}>;

export type SnippetName = keyof typeof SNIPPETS;
`;
}
