/** While the map is zoomed: all of it, small, with a frame around what is seen. */
import {html, svg, type TemplateResult} from 'lit';
import type {CameraView} from '../../../viz/camera.js';
import type {Box, MapLayout} from '../layout/map-layout.js';

/** Returns the part of a drawing that a camera sees. */
export const seenBy = ({k, x, y}: CameraView, {width, height}: {width: number; height: number}): Box => ({
  x: -x / k,
  y: -y / k,
  width: width / k,
  height: height / k,
});

export function renderOverview(layout: MapLayout, view: CameraView): TemplateResult {
  const {width, height, nodes} = layout;
  const rect = ({x, y, width: across, height: down}: Box, name: string) =>
    svg`<rect class=${name} x=${x} y=${y} width=${across} height=${down}></rect>`;
  return html`<svg class="overview" part="overview" viewBox="0 0 ${width} ${height}" aria-hidden="true">
    ${nodes.flatMap((node) => [rect(node.rect, 'part'), ...node.children.map((child) => rect(child.rect, 'part'))])}
    ${rect(seenBy(view, layout), 'seen')}
  </svg>`;
}

/** Moves the frame to what the camera sees now. */
export function moveFrame(root: ParentNode, layout: MapLayout, view: CameraView): void {
  const frame = root.querySelector('.overview .seen');
  for (const [name, value] of Object.entries(seenBy(view, layout))) frame?.setAttribute(name, `${value}`);
}
