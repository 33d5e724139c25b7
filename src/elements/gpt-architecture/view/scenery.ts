/** What stands where on the map, and what the drawing depends on besides. */
import {HeldExtent} from '../../../viz/nice.js';
import type {Theme} from '../../../viz/theme.js';
import type {ArchitectureData} from '../data/architecture-data.js';
import {mapLayout} from '../draw/draw-map.js';
import {extentsOf} from '../draw/extents.js';
import type {MapView, ShownStage} from '../draw/map-view.js';
import {type MapLayout, WIDE} from '../layout/map-layout.js';

export interface Scene {
  layout: MapLayout;
  view: MapView;
}

export interface SceneInput {
  theme: Theme;
  /** Pixels of room. */
  width: number;
  chosen: number;
  /** The part that is pointed at. */
  hovered?: string;
  stage?: ShownStage;
  /** A part of the block that is drawn in full where not all are. */
  focus: string;
  opened: ReadonlyMap<string, number>;
  compact: boolean;
}

/** A narrower map would not be legible. */
const LEAST_WIDTH = 280;

export class Scenery {
  readonly #extents = {embed: new HeldExtent(), hidden: new HeldExtent(), norm: new HeldExtent()};

  /** The text that the scales are of. */
  #ids = '';

  /** Another model: its colors and ribbons have scales of their own. */
  forget(): void {
    for (const extent of Object.values(this.#extents)) extent.forget();
  }

  sceneOf(data: ArchitectureData, input: SceneInput): Scene {
    const {config, tokens} = data;
    const {theme, width, chosen, hovered, stage, focus, opened, compact} = input;
    // Scales stay while a model trains or a part is off, and begin anew with another text.
    const ids = data.ids.join();
    if (ids !== this.#ids) this.forget();
    this.#ids = ids;
    const {embed, hidden, norm} = extentsOf(data);
    const token = /^token\.(\d+)$/.exec(hovered ?? '')?.[1];
    return {
      layout: mapLayout({
        nLayers: config.nLayers,
        nHeads: config.nHeads,
        embDim: config.embDim,
        tokens: tokens.length,
        width: Math.max(LEAST_WIDTH, width),
        chosen,
        focus,
        opened,
        compact: compact && !(stage && width < WIDE), // a stage’s narrow map has a window of its own
        labelLengths: tokens.map(({length}) => length),
      }),
      view: {
        data,
        theme,
        chosen,
        hovered: token === undefined ? undefined : Number(token),
        stage,
        extents: {
          embed: this.#extents.embed.hold(embed),
          hidden: this.#extents.hidden.hold(hidden),
          norm: this.#extents.norm.hold(norm),
        },
      },
    };
  }
}
