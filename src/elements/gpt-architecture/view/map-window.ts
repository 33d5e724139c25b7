/** The map with the tree of its parts over it; on a narrow page, in a window while a stage is on show. */
import {html, nothing, type TemplateResult} from 'lit';
import {describe} from '../data/describe.js';
import type {MapCamera} from './map-camera.js';
import type {PartControls} from './part-controls.js';
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
  controls: PartControls;
  pointing: Pointing;
}

export function renderMap({scene, camera, current, selected, controls, ...acts}: MapWindow): TemplateResult {
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
        controls,
        toggle: (id) => controls.switchPart(id, view.data),
        back: (key, id) => camera.reset() || (key === 'Escape' && controls.close(id)),
        ...acts,
      })}
    </div>
    ${camera.isZoomed ? camera.renderOverview(layout) : nothing}
  </div>`;
}
