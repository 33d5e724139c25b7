// Computes how much gradient reaches the first of 2 to 96 layers, with shortcuts and without, for <shortcut-gradients>: forward and
// backward passes of 20 random stacks for each depth. Writes src/elements/shortcut-gradients/recorded-sweep.ts.
//   node scripts/experiments/shortcut-sweep.mjs
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {importForNode} from '../bundle-for-node.mjs';
import {root} from '../run.mjs';

const {SWEPT_DEPTHS, SWEPT_SEEDS, sweepDepth} = await importForNode('src/math/depth-sweep.ts');
const {randomStack} = await importForNode('src/math/deep-stack.ts');
const {width, inputs} = randomStack(1, 1);

const depths = SWEPT_DEPTHS.map((layers) => sweepDepth(layers));
const line = ({layers, with: kept, without}) => `  {layers: ${layers}, with: ${kept}, without: ${without}},`;
const file = 'src/elements/shortcut-gradients/recorded-sweep.ts';
writeFileSync(
  join(root, file),
  `// Written by scripts/experiments/shortcut-sweep.mjs (Node ${process.versions.node}). Do not edit.
import type {SweptDepth} from '../../math/depth-sweep.js';

/**
 * Median length of the gradient of the first layer's weights over the seeds 1 to ${SWEPT_SEEDS}: width ${width}, batch ${inputs.length / width}, GELU, weights from a normal
 * distribution of variance 1 / (3 · width), as \`randomStack\` draws them.
 */
export const RECORDED_SWEEP: readonly SweptDepth[] = [
${depths.map(line).join('\n')}
];
`,
);
console.log(`${file}: ${depths.length} depths`);
