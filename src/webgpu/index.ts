/** The fast path: a training step, and writing, as planned submissions of WGSL kernels on tfjs's own device. */
export * from './decode-plan.js';
export {measuredVariant, rememberedVariant, type VariantMemory} from './measure-variants.js';
export {KernelError} from './pipelines.js';
export {writingObstacle} from './planner/decode-program.js';
export type {SeparateMatrices} from './planner/separate-layout.js';
export {planObstacle} from './planner/train-program.js';
export {PlanError, type Program} from './program.js';
export type {Progress} from './progress.js';
export type {StepReport} from './report.js';
export {tfjsArenas} from './tfjs-arenas.js';
export * from './train-plan.js';
export {type Variant, variantFor} from './variant.js';
export {StoredVariants} from './variant-memory.js';
