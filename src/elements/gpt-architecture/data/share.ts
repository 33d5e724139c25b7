import {percent} from '../../../ui/base/format.js';

/** Returns a probability as readers see it everywhere on the map: “52 %”, “< 0.1 %”. */
export const share = (probability: number): string =>
  probability < 0.001 ? '< 0.1 %' : percent(probability);
