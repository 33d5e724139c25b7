import type {ElementDeclaration} from './declaration.js';
import type {Stage} from './stage.js';

export interface Check {
  /** What the element does, to follow its tag. */
  title: string;
  /** Whether the declaration says that it concerns this element. Default: every element. */
  applies?: (declaration: ElementDeclaration) => boolean;
  /** Throws where the element breaks the contract. */
  run: (stage: Stage) => Promise<void>;
}
