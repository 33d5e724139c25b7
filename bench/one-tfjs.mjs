// A peer brings packages of tfjs along. All bundles take the repository's instead: two copies in one page would be a
// larger page than any reader gets.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from '../scripts/run.mjs';

const {dependencies} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Aliases for a bundler, by package name. */
export const oneTfjs = Object.fromEntries(
  Object.keys(dependencies)
    .filter((name) => name.startsWith('@tensorflow/'))
    .map((name) => [name, join(root, 'node_modules', name)]),
);
