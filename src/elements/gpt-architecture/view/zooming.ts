/** The camera over the map: loaded when the reader comes near, gone with the map. */
import type {TemplateResult} from 'lit';
import type {Camera, CameraView} from '../../../viz/camera.js';
import type {Surface} from '../../../viz/surface.js';
import type {MapView} from '../draw/map-view.js';
import type {Box, MapLayout} from '../layout/map-layout.js';
import type {WideLayout} from '../layout/wide.js';

/** The whole map, as large as its element. */
const WHOLE: CameraView = {k: 1, x: 0, y: 0};
/** At this factor every number of an MLP has room to be written. */
const MOST = 40;

export class Zooming {
  #camera?: Camera;
  #code?: typeof import('./zoomed.js');
  #element?: HTMLElement;
  #loading?: Promise<Camera>;
  readonly #changed: (view: CameraView) => void;

  /** @param changed Called whenever the view changes. */
  constructor(changed: (view: CameraView) => void) {
    this.#changed = changed;
  }

  get view(): CameraView {
    return this.#camera?.view ?? WHOLE;
  }

  get isZoomed(): boolean {
    return this.view.k > 1;
  }

  /** Returns a surface on which lines do not grow with the zoom. */
  steady(surface: Surface): Surface {
    return this.isZoomed ? this.#code!.steadyLines(surface, this.view.k) : surface;
  }

  /** Returns what is seen of a map while it is zoomed. */
  seen(layout: MapLayout): Box {
    return this.#code!.seenBy(this.view, layout);
  }

  /** Renders all of a zoomed map, small. */
  renderOverview(layout: MapLayout): TemplateResult {
    return this.#code!.renderOverview(layout, this.view);
  }

  /** Moves the frame on it to what is seen now. */
  moveFrame(root: ParentNode, layout: MapLayout): void {
    if (this.isZoomed) this.#code!.moveFrame(root, layout, this.view);
  }

  /** Draws the names of columns and lanes along the edges. */
  drawEdges(surface: Surface, layout: MapLayout, view: MapView): void {
    if (layout.kind === 'wide') this.#code!.drawEdges(surface, layout as WideLayout, view, this.view);
  }

  /** Lets the reader zoom this element; once for each element. */
  attach(element: HTMLElement): Promise<Camera> {
    if (this.#element === element) return this.#loading!;
    this.#element = element;
    this.#camera = undefined;
    return (this.#loading = import('./zoomed.js').then((code) => {
      this.#code = code;
      return (this.#camera = new code.Camera(element, MOST, this.#changed));
    }));
  }

  /** Zooms in or out around a point of the map. */
  async step(element: HTMLElement, into: boolean, x: number, y: number): Promise<void> {
    const camera = await this.attach(element);
    camera.resize();
    camera.step(into, x, y);
  }

  /** Back to the whole map. */
  reset(): void {
    if (this.isZoomed) this.#camera!.reset();
  }
}
