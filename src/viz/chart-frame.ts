import type {Scale} from './scale.js';

/** Where the parts of a chart are, in pixels. */
export interface ChartFrame {
  x: Scale;
  y: Scale;
  left: number;
  right: number;
  top: number;
  bottom: number;
}
