import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const TFJS = '@tensorflow/tfjs-core';
const require = createRequire(import.meta.url);

/** All that the package exports under its name. */
const exported = new Set(Object.keys(require(TFJS)));

const ENGINE = '\0tfjs-engine';

/** What a file of tfjs imports from a path; undefined where it takes the whole module. */
function importedNames(importer, path) {
  const [, names] =
    readFileSync(importer, 'utf8').match(new RegExp(`import \\{([^}]*)\\} from '${path}'`)) ?? [];
  return names?.split(',').map((name) => name.trim().split(' as ')[0]);
}

/**
 * tfjs-core's gradients can be had only from files inside the package that Node cannot import (ES modules without file
 * endings). They become part of ours; the operations that they call are imported from the package, of which an
 * application has one copy, with one registry of kernels and gradients.
 */
export const headlessTfjs = {
  name: 'headless-tfjs',
  resolveId: {
    filter: {id: /^\.{1,2}\//},
    handler(path, importer) {
      if (!importer?.replaceAll('\\', '/').includes(`/${TFJS}/dist/`)) return;
      if (/\/engine$/.test(path)) return ENGINE;
      const names = importedNames(importer, path);
      if (names?.every((name) => exported.has(name))) return {id: TFJS, external: true};
    },
  },
  load: {
    filter: {id: /tfjs-engine$/},
    handler: () => `import {engine} from '${TFJS}';\nexport const ENGINE = engine();`,
  },
};
