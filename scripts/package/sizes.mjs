import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';

/** A map from each chunk's name to the names of all files that it imports statically, its own among them. */
function closures(chunks) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const closure = (name, seen = new Set()) => {
    if (!seen.has(name) && byName.has(name)) {
      seen.add(name);
      for (const next of byName.get(name).imports) closure(next, seen);
    }
    return seen;
  };
  return new Map([...byName.keys()].map((name) => [name, closure(name)]));
}

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** Prints what a page downloads for each entry of a bundle: the file and all that it imports statically. */
export function printSizes(folder, files) {
  const chunks = files.filter(({type}) => type === 'chunk');
  const all = closures(chunks);
  const bytes = (name) => readFileSync(join(folder, name));
  console.log(
    `${'file with its imports'.padEnd(28)}${'min'.padStart(10)}${'min+gz'.padStart(10)}${'but Lit'.padStart(10)}`,
  );
  for (const {fileName} of chunks.filter(({isEntry}) => isEntry)) {
    const names = [...all.get(fileName)];
    const zipped = (some) => sum(some.map((name) => gzipSync(bytes(name)).length));
    const beyond = names.filter((name) => !name.startsWith('lit-'));
    console.log(
      `${fileName.padEnd(28)}${kB(sum(names.map((name) => bytes(name).length)))}${kB(zipped(names))}${kB(zipped(beyond))}`,
    );
  }
}
