// Unit tests in two halves of about the same length, for two cores: each runs in a browser of its own.
import {readdirSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {root} from './run.mjs';

export const SHARDS = 2;

/**
 * Returns the test files of a part.
 * @param {number} shard from 1
 */
export function filesOfShard(shard) {
  const files = readdirSync(join(root, 'src'), {recursive: true})
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
  // The contract's files take about equally long, and stand beside each element's own tests: dealt out apart.
  const kinds = [true, false].map((kind) =>
    files.filter((file) => file.endsWith('.contract.test.ts') === kind),
  );
  return kinds.flatMap((some) => some.filter((_, i) => i % SHARDS === shard - 1));
}

/**
 * Returns a port that the system gives nobody else: two runners that each looked for a free one from 8000 up, at the same
 * moment, both took the same.
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, () => {
        const {port} = server.address();
        server.close(() => resolve(port));
      });
  });
}
