/** The camera over the map: loaded when the reader comes near, gone with the map. */
import type {Camera, CameraView} from '../../../viz/camera.js';

/** The whole map, as large as its element. */
const WHOLE: CameraView = {k: 1, x: 0, y: 0};
/** At this factor every number of an MLP has room to be written. */
const MOST = 40;

export class Zooming {
  #camera?: Camera;
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

  /** Lets the reader zoom this element; once for each element. */
  attach(element: HTMLElement): Promise<Camera> {
    if (this.#element === element) return this.#loading!;
    this.#element = element;
    this.#camera = undefined;
    return (this.#loading = import('../../../viz/camera.js').then(
      (module) => (this.#camera = new module.Camera(element, MOST, this.#changed)),
    ));
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
