import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {parseAst} from 'rolldown/parseAst';

/** The names of the modules beside it that a module imports statically. */
function importsOf(folder, name) {
  const {body} = parseAst(readFileSync(join(folder, name), 'utf8'));
  const sources = body.map(({source}) => source?.value).filter((value) => value?.startsWith('./'));
  return sources.map((value) => value.slice(2));
}

/** The names of a module and all that it imports statically, Lit apart. */
export function closureOf(folder, name, seen = new Set()) {
  if (seen.has(name) || name.startsWith('lit-')) return seen;
  seen.add(name);
  for (const next of importsOf(folder, name)) closureOf(folder, next, seen);
  return seen;
}

/** Bytes of files, each gzipped. */
export const zippedSize = (folder, names) =>
  [...names].reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
