// Type declarations: tsc writes one file per module; those that no entry leads to are internal and are removed.
import {existsSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {root, run} from '../run.mjs';

const folder = join(root, 'dist/types');

/** Static imports, exports and `import('…')` types. */
const SPECIFIERS = /(?:from|import|import\()\s*['"]([^'"]+)['"]/g;

export function specifiers(path) {
  return [...readFileSync(path, 'utf8').matchAll(SPECIFIERS)].map(([, specifier]) => specifier);
}

function reached(entries) {
  const seen = new Set();
  const visit = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const specifier of specifiers(path))
      if (specifier.startsWith('.')) visit(resolve(dirname(path), specifier.replace(/\.js$/, '.d.ts')));
  };
  for (const entry of entries) visit(entry);
  return seen;
}

/** @param entries Paths below src, without ending. */
export async function writeTypes(entries) {
  if ((await run('tsc', ['-p', 'tsconfig.build.json'])).code !== 0) throw new Error('tsc found errors.');
  const kept = reached(entries.map((entry) => join(folder, `${entry}.d.ts`)));
  for (const path of kept) if (!existsSync(path)) throw new Error(`${path} is imported and does not exist.`);
  for (const entry of readdirSync(folder, {recursive: true, withFileTypes: true})) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(path)) rmSync(path);
  }
}
