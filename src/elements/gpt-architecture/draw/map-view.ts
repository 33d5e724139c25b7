import type {Theme} from '../../../viz/theme.js';
import type {ArchitectureData} from '../data/architecture-data.js';

/** What the drawing of a map depends on besides its layout. */
export interface MapView {
  data: ArchitectureData;
  theme: Theme;
  /** The token whose lane is large. */
  chosen: number;
  /** The token that is pointed at. */
  hovered?: number;
  /** Ids of the nodes that a stage is about; the others fade. */
  lit?: ReadonlySet<string>;
  /** The ends of the color scales, held still while the model trains. */
  extents: {embed: number; hidden: number; norm: number};
}
