/** The fast path: a whole training step as one planned submission of WGSL kernels on tfjs's own device. */
export {KernelError} from './pipelines.js';
export {planObstacle} from './planner/train-program.js';
export {PlanError} from './program.js';
export {tfjsArenas} from './tfjs-arenas.js';
export * from './train-plan.js';
