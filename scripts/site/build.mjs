// Builds the site as it would be published in some folder of a larger one, and reads what the tests compare with.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {rolldown} from 'rolldown';
import {root, run} from '../run.mjs';
import {serve} from '../static-server.mjs';

export const BASE = '/a/folder/';

/** @returns the address of the built site's start page, and how to stop serving it */
export async function buildAndServe() {
  const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-site-'));
  const {code} = await run(
    'npm',
    ['run', '--silent', 'build', '-w', 'docs-site', '--', '--silent', '--outDir', join(folder, BASE)],
    {env: {SITE_BASE: BASE, ASTRO_TELEMETRY_DISABLED: '1'}},
  );
  if (code !== 0) throw new Error('The site could not be built: see above.');
  const server = await serve(folder);
  return {
    site: server.url + BASE,
    close() {
      server.close();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

/** Every word that a tale can hold. The library is TypeScript: bundled first. */
export async function corpusWords() {
  const bundle = await rolldown({input: join(root, 'src/data/tiny-tales/index.ts')});
  const {output} = await bundle.generate({format: 'esm'});
  const {tinyTales} = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
  return tinyTales({stories: 1}).words;
}
