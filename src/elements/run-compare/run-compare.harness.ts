import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {RunCompare} from './run-compare.js';

/** What a reader can do with `<run-compare>` and see of it: for tests and stories. */
export class RunCompareHarness extends ElementHarness<RunCompare> {
  get samples(): string[] {
    return this.all('.sample').map((sample) => sample.textContent!);
  }

  get curves(): string {
    return this.field<HTMLElement>('.curves').ariaLabel!;
  }
}
