// Writes models as Hugging Face folders, loads them by Hugging Face's libraries in Python, compares logits and token ids, and
// records the result in docs/results/hugging-face.json. `node scripts/hugging-face.mjs [python]`; what the Python needs is
// said in hugging-face/check.py.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {importForNode} from './bundle-for-node.mjs';
import {root, run} from './run.mjs';

const MOST = 1e-4;
const python = process.argv[2] ?? 'python3';
const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-folders-'));

try {
  const {writeClassifiers, writeFolders} = await importForNode('scripts/hugging-face/write-folders.ts');
  await writeFolders(join(folder, 'models'));
  await writeClassifiers(join(folder, 'classifiers'), root);
  const {code, output} = await run(python, [join(root, 'scripts/hugging-face/check.py'), folder], {
    quiet: true,
  });
  if (code !== 0) throw new Error(output);
  const result = JSON.parse(output.slice(output.lastIndexOf('\n{"torch"') + 1));
  const wrong = result.folders.filter(
    ({
      largestDifference,
      problemsOfLoading,
      textsWithOtherIds,
      textsNotDecoded,
      tokens,
      endOfText,
      generates,
      zipIsWhole,
    }) =>
      !(largestDifference <= MOST) ||
      problemsOfLoading.length + textsWithOtherIds + textsNotDecoded > 0 ||
      tokens[0] !== tokens[1] ||
      endOfText[0] !== endOfText[1] ||
      !generates ||
      !zipIsWhole,
  );
  const wrongClassifiers = result.classifiers.filter(
    ({largestDifference, problemsOfLoading, textsWithOtherIds, otherClasses, classes}) =>
      !Object.values(largestDifference).every((difference) => difference <= MOST) ||
      problemsOfLoading.length + textsWithOtherIds + otherClasses > 0 ||
      !classes,
  );
  writeFileSync(join(root, 'docs/results/hugging-face.json'), `${JSON.stringify(result, undefined, 1)}\n`);
  console.log(JSON.stringify(result, undefined, 1));
  const bad = [...wrong, ...wrongClassifiers].map(({name}) => name);
  if (bad.length > 0) throw new Error(`Not as here: ${bad.join('; ')}`);
} finally {
  rmSync(folder, {recursive: true, force: true});
}
