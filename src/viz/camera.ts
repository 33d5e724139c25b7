/** A camera over a drawing: zoomed by the wheel with Ctrl or ⌘, by pinching, and moved by dragging while zoomed. */
import {select, type ZoomTransform, zoom, zoomIdentity} from 'd3';

export interface CameraView {
  /** Screen pixels for one pixel of the drawing. */
  k: number;
  /** Where the drawing’s corner lies on the screen. */
  x: number;
  y: number;
}

/** A factor for one press of a key or button. */
const STEP = 1.6;
/** At most this factor for one event of a wheel; pinching on a touchpad sends many small ones. */
const MOST_PER_EVENT = 1.3;
/** How strongly a wheel's lines, pixels and pages zoom, as powers of 2: as in d3 while Ctrl is pressed. */
const wheelPower = ({deltaY, deltaMode}: WheelEvent): number => {
  const most = Math.log2(MOST_PER_EVENT);
  return Math.max(-most, Math.min(most, -deltaY * (deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 0.02 : 0.5)));
};

export class Camera {
  readonly #element: HTMLElement;
  readonly #zoom = zoom<HTMLElement, unknown>();
  view: CameraView = zoomIdentity;

  /**
   * @param element What is zoomed: its size is that of the drawing.
   * @param most The largest factor.
   * @param changed Called whenever the view changes.
   */
  constructor(element: HTMLElement, most: number, changed: (view: CameraView) => void) {
    this.#element = element;
    this.#zoom
      .scaleExtent([1, most])
      .wheelDelta(wheelPower)
      // One finger scrolls the page, and the wheel too: only while zoomed does a drag move the drawing.
      .filter((event: MouseEvent | TouchEvent | WheelEvent) =>
        event.type === 'wheel'
          ? event.ctrlKey || event.metaKey
          : 'touches' in event
            ? event.touches.length > 1 || this.view.k > 1
            : this.view.k > 1 && event.button === 0,
      )
      .on('zoom', ({transform}: {transform: ZoomTransform}) => {
        this.view = transform;
        element.style.touchAction = transform.k > 1 ? 'none' : 'pan-x pan-y';
        changed(transform);
      });
    element.style.touchAction = 'pan-x pan-y';
    select(element).call(this.#zoom).on('dblclick.zoom', null);
    this.resize();
  }

  /** The element has another size. */
  resize(): void {
    const {clientWidth, clientHeight} = this.#element;
    const size: [[number, number], [number, number]] = [
      [0, 0],
      [clientWidth, clientHeight],
    ];
    this.#zoom.extent(size).translateExtent(size);
  }

  /** Zooms in or out around a point of the drawing. */
  step(into: boolean, x: number, y: number): void {
    const {k, x: left, y: top} = this.view;
    select(this.#element).call(this.#zoom.scaleBy, into ? STEP : 1 / STEP, [x * k + left, y * k + top]);
  }

  /** Shows the whole drawing. */
  reset(): void {
    select(this.#element).call(this.#zoom.transform, zoomIdentity);
  }
}
