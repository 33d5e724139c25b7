import {isAccessible} from './accessible.js';
import {survivesAnyAttribute} from './attributes.js';
import type {ElementDeclaration} from './declaration.js';
import {leavesNothing} from './disconnect.js';
import {survivesForcedColors} from './forced-colors.js';
import {keepsLargeText} from './large-font.js';
import {fitsNarrow} from './narrow.js';
import {restsOffScreen} from './off-screen.js';
import {prints} from './print.js';
import {offersAnotherTry} from './retry.js';
import {readsRightToLeft} from './right-to-left.js';
import {worksByAncestor, worksByDefault, worksByFor, worksFromGivenData} from './sources.js';
import type {Stage} from './stage.js';
import {switchesWork} from './switches.js';

export interface Check {
  /** What the element does, to follow its tag. */
  title: string;
  /** Whether the declaration says that it concerns this element. Default: every element. */
  applies?: (declaration: ElementDeclaration) => boolean;
  /** Throws where the element breaks the contract. */
  run: (stage: Stage) => Promise<void>;
}

export const CHECKS = {
  given: worksFromGivenData,
  for: worksByFor,
  ancestor: worksByAncestor,
  default: worksByDefault,
  switches: switchesWork,
  attributes: survivesAnyAttribute,
  narrow: fitsNarrow,
  rightToLeft: readsRightToLeft,
  forcedColors: survivesForcedColors,
  print: prints,
  largeFont: keepsLargeText,
  accessible: isAccessible,
  retry: offersAnotherTry,
  offScreen: restsOffScreen,
  disconnect: leavesNothing,
} satisfies Record<string, Check>;

export type CheckName = keyof typeof CHECKS;
