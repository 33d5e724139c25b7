/** Brings the map onto its canvas, as the camera sees it. */
import {Memo} from '../../../ui/base/memo.js';
import {CanvasSurface} from '../../../viz/canvas-surface.js';
import {drawMap} from '../draw/draw-map.js';
import type {WideLayout} from '../layout/wide.js';
import type {Scene} from './scenery.js';
import type {Zooming} from './zooming.js';

/** What the whole map at rest is drawn from. */
const drawnFrom = (
  {layout: {width, height}, view: {data, theme, chosen}}: Scene,
  ratio: number,
): unknown[] => [data, theme, chosen, width, height, ratio];

export class Painter {
  readonly #painted = new Memo();
  #prepared?: {canvas: OffscreenCanvas; from: unknown[]};

  /** Draws the map for its first painting, which then only copies it: rendering and drawing are two tasks for the page. */
  prepare(scene: Scene): void {
    const {layout, view} = scene;
    const ratio = devicePixelRatio || 1;
    const canvas = new OffscreenCanvas(1, 1);
    drawMap(new CanvasSurface(canvas, layout.width, layout.height, ratio), layout, view);
    this.#prepared = {canvas, from: drawnFrom(scene, ratio)};
  }

  /** Draws again what has changed. @param opened how far parts are open */
  paint(root: ParentNode, scene: Scene, zooming: Zooming, opened: ReadonlyMap<string, number>): void {
    const camera = zooming.view;
    const canvas = root.querySelector<HTMLCanvasElement>('.map > canvas');
    if (!canvas) return;
    const {layout, view} = scene;
    const {data, theme, chosen, hovered, stage} = view;
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
        opened,
        ratio,
        camera,
      )
    )
      return;
    const surface = new CanvasSurface(canvas, width, height, ratio);
    const {k, x, y} = camera;
    const prepared = this.#prepared;
    this.#prepared = undefined;
    const isAtRest = k === 1 && hovered === undefined && !stage && opened.size === 0;
    if (isAtRest && prepared && drawnFrom(scene, ratio).every((part, i) => part === prepared.from[i]))
      copyTo(canvas, prepared.canvas);
    else {
      canvas.getContext('2d')!.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
      drawMap(zooming.steady(surface), layout, {
        ...view,
        ...(k > 1 && {zoom: k, seen: zooming.seen(layout)}),
      });
      if (k > 1) {
        canvas.getContext('2d')!.setTransform(ratio, 0, 0, ratio, 0, 0);
        zooming.drawEdges(surface, layout, view);
      }
    }
    const {style} = root.querySelector<HTMLElement>('.tree')!;
    style.transform = k > 1 ? `translate(${x}px, ${y}px)` : '';
    style.setProperty('--_zoom', `${k}`);
    // Along the edges stand names: no frame of a part runs through them.
    const {header, tokens} = layout as Partial<WideLayout>;
    style.clipPath =
      k > 1 && header && tokens ? `inset(${(header - y) / k}px 0 0 ${(tokens.width - x) / k}px)` : '';
    zooming.moveFrame(root, layout);
  }
}

function copyTo(canvas: HTMLCanvasElement, from: OffscreenCanvas): void {
  const context = canvas.getContext('2d')!;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(from, 0, 0);
}
