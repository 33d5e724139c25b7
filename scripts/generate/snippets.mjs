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

  const names = Object.keys(snippets).sort();
  const entries = names.map((name) => {
    const {file, code} = snippets[name];
    return `  ${JSON.stringify(name)}: {\n    file: ${JSON.stringify(file)},\n    code: ${JSON.stringify(code)},\n  },`;
  });
  return `// Written by scripts/generate.mjs from the regions in the source. Do not edit.
export type SnippetName =
${names.map((name) => `  | '${name}'`).join('\n')};

// (Its type is written out: the package's declarations would repeat the code otherwise.)
export const SNIPPETS: Readonly<Record<SnippetName, {readonly file: string; readonly code: string}>> = {
${entries.join('\n')}
};
`;
}
