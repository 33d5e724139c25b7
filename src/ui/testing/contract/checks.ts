import {isAccessible} from './accessible.js';
import {survivesAnyAttribute} from './attributes.js';
import type {Check} from './check.js';
import {leavesNothing} from './disconnect.js';
import {survivesForcedColors} from './forced-colors.js';
import {keepsLargeText} from './large-font.js';
import {fitsNarrow} from './narrow.js';
import {restsOffScreen} from './off-screen.js';
import {prints} from './print.js';
import {offersAnotherTry} from './retry.js';
import {readsRightToLeft} from './right-to-left.js';
import {leavesShortcuts} from './shortcuts.js';
import {worksByAncestor, worksByDefault, worksByFor, worksFromGivenData} from './sources.js';
import {switchesWork} from './switches.js';

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
  shortcuts: leavesShortcuts,
  accessible: isAccessible,
  retry: offersAnotherTry,
  offScreen: restsOffScreen,
  disconnect: leavesNothing,
} satisfies Record<string, Check>;

export type CheckName = keyof typeof CHECKS;
