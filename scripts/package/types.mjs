// Type declarations: tsc writes one file per module; those that no entry leads to are internal and are removed.
import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {root, run} from '../run.mjs';

const folder = join(root, 'dist/types');

/** Static imports, exports and `import('…')` types. */
const SPECIFIERS = /(?:from|import|import\()\s*['"]([^'"]+)['"]/g;

/** Rooms whose types other declarations mention, but which no entry offers. */
const INTERNAL = ['webgpu', 'viz'].map((room) => join(folder, room, '/'));

const COMMENT = /\/\*\*(?:(?!\*\/).)*\*\/\s*/gs;
const PRIVATE_COMMENT = new RegExp(`${COMMENT.source}(?=private\\b)`, 'gs');

/** The declarations without what no editor shows: what is said of internal rooms and of private members. */
function withoutInternalComments(path) {
  const isInternal = INTERNAL.some((room) => path.startsWith(room));
  return readFileSync(path, 'utf8').replace(isInternal ? COMMENT : PRIVATE_COMMENT, '');
}

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
    if (!entry.isFile()) continue;
    if (kept.has(path)) writeFileSync(path, withoutInternalComments(path));
    else rmSync(path);
  }
}
