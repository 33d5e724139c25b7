import type {Theme} from '../../../viz/theme.js';
import type {ArchitectureData} from '../data/architecture-data.js';
import type {Box, MapLayout} from '../layout/map-layout.js';
import type {Stage} from '../stages/stages.js';

/** The stage on show, and where on the map it happens: the main place first. */
export type ShownStage = Stage & {spots: (layout: MapLayout, chosen: number) => readonly Box[]};

/** What the drawing of a map depends on besides its layout. */
export interface MapView {
  data: ArchitectureData;
  theme: Theme;
  /** The token whose lane is large. */
  chosen: number;
  /** The token that is pointed at. */
  hovered?: number;
  /** The stage on show: all that it does not compute fades. */
  stage?: ShownStage;
  /** Screen pixels for one pixel of the map. Default 1. */
  zoom?: number;
  /** What is seen of the map while it is zoomed; the rest is not drawn. */
  seen?: Box;
  /** The ends of the color scales, held still while the model trains. */
  extents: {embed: number; hidden: number; norm: number};
}
