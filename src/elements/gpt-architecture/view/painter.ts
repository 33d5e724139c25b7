/** Brings the map onto its canvas, as the camera sees it. */
import {Memo} from '../../../ui/base/memo.js';
import type {CameraView} from '../../../viz/camera.js';
import {CanvasSurface} from '../../../viz/canvas-surface.js';
import {drawMap} from '../draw/draw-map.js';
import {moveFrame, seenBy} from './overview.js';
import type {Scene} from './scenery.js';

export class Painter {
  readonly #painted = new Memo();

  /** Draws again what has changed. @param opened how far parts are open */
  paint(
    root: ParentNode,
    {layout, view}: Scene,
    camera: CameraView,
    opened: ReadonlyMap<string, number>,
  ): void {
    const canvas = root.querySelector<HTMLCanvasElement>('.map > canvas');
    if (!canvas) return;
    const {data, theme, chosen, hovered, stage, cover} = view;
    const {width, height} = layout;
    const ratio = devicePixelRatio || 1;
    if (
      !this.#painted.changed(
        canvas,
        data,
        theme,
        chosen,
        hovered,
        width,
        height,
        stage?.id,
        cover,
        opened,
        ratio,
        camera,
      )
    )
      return;
    const surface = new CanvasSurface(canvas, width, height, ratio);
    const {k, x, y} = camera;
    surface.lookThrough(camera);
    drawMap(surface, layout, {...view, ...(k > 1 && {zoom: k, seen: seenBy(camera, layout)})});
    const {style} = root.querySelector<HTMLElement>('.tree')!;
    style.transform = k > 1 ? `translate(${x}px, ${y}px) scale(${k})` : '';
    style.setProperty('--_zoom', `${k}`); // outlines keep their width
    moveFrame(root, layout, camera);
  }
}
