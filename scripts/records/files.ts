/** Lets the engine fetch in Node what lies beside its worker in the sources. */
import {readFileSync} from 'node:fs';
import {basename, join} from 'node:path';

/** @param root The repository. */
export function serveFiles(root: string): void {
  globalThis.fetch = async (input) => {
    const {protocol, pathname} = new URL(String(input));
    // Nothing that is recorded may depend on the network.
    if (protocol !== 'file:') throw new Error(`${input} cannot be fetched while records are made.`);
    return new Response(readFileSync(join(root, 'src/engine', basename(pathname))));
  };
}
