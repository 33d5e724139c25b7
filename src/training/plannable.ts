import {getBackend} from '@tensorflow/tfjs-core';
import type {GPTConfig} from '../model/config.js';
import {planObstacle} from '../webgpu/index.js';

/** Returns whether planned kernels can train a model of this shape on the current backend. */
export const isPlannable = (config: GPTConfig): boolean => getBackend() === 'webgpu' && !planObstacle(config);
