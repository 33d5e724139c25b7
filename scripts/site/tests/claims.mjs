// What the chapters say about the trained model, asked of that model. The claims: scripts/site/claims/claims.ts.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {importForNode} from '../../bundle-for-node.mjs';
import {root} from '../../run.mjs';

/** The words of a chapter, without tags and emphasis. */
const wordsOf = (chapter) =>
  readFileSync(join(root, `docs-site/src/content/docs/learn/${chapter}.mdx`), 'utf8').replace(
    /<[^>]*>|\*/g,
    '',
  );

export const claims = {
  async 'the trained model bears out what the chapters say of it'({print}) {
    const {CLAIMS, loadModel} = await importForNode('scripts/site/claims/claims.ts');
    const model = await loadModel(root);
    const faults = [];
    for (const {chapter, says, check} of CLAIMS) {
      const {holds, measured} = await check(model);
      if (!holds) faults.push(`${chapter}.mdx says “${says}”, but the model gives: ${measured}`);
      if (!wordsOf(chapter).includes(says))
        faults.push(
          `${chapter}.mdx no longer says “${says}”: change or remove its claim in scripts/site/claims/claims.ts`,
        );
    }
    print('claims compared', CLAIMS.length);
    assert.deepEqual(faults, []);
  },
};
