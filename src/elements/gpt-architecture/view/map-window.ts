/** The map with the tree of its parts over it; on a narrow page, in a window while a stage is on show. */
import {html, nothing, type TemplateResult} from 'lit';
import {describe} from '../data/describe.js';
import type {MapCamera} from './map-camera.js';
import {renderPartTree} from './part-tree.js';
import type {Pointing} from './pointing.js';
import type {Scene} from './scenery.js';

export interface MapWindow {
  scene: Scene;
  camera: MapCamera;
  /** The part that the keys act on. */
  current: string;
  selected: string;
  select: (part: string) => void;
  isOpen: (part: string) => boolean;
  /** Opens a part, or closes it. */
  open: (part: string) => void;
  /** Opens a part, or leads into its numbers. */
  enter: (part: string) => void;
  /** Closes a part. Returns whether it was open. */
  close: (part: string) => boolean;
  /** Switches a part off or on. */
  toggle: (part: string) => void;
  pointing: Pointing;
}

export function renderMap({scene, camera, current, selected, close, ...acts}: MapWindow): TemplateResult {
  const {layout, view} = scene;
  return html`<div class="scene ${layout.kind === 'narrow' && view.stage ? 'window' : ''}">
    <div
      class="map"
      part="map"
      .style="height: ${layout.height}px"
      @pointerenter=${(event: PointerEvent) => camera.attach(event.currentTarget as HTMLElement)}
    >
      <canvas aria-hidden="true"></canvas>
      ${renderPartTree({
        nodes: layout.nodes,
        current,
        selected,
        describe: (id) => describe(id, view.data, view.chosen),
        zoom: camera.zoom,
        back: (key, id) => camera.reset() || (key === 'Escape' && close(id)),
        ...acts,
      })}
    </div>
    ${camera.isZoomed ? camera.renderOverview(layout) : nothing}
  </div>`;
}
