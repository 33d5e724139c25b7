import type {Camera} from '../../viz/scatter.js';

/** Radians per key press and per pixel. */
const TURN_KEY = Math.PI / 18;
const TURN_PIXEL = 0.008;
/** A pointer that has moved farther than this, in pixels, rotates the cloud and does not choose. */
const MIN_DRAG = 4;

/** What the pointer acts on. */
export interface Pointed {
  now(): {dimensions: 2 | 3; camera: Camera};
  /** The row of the token under the pointer. */
  under(event: PointerEvent): number | undefined;
  hover(row: number | undefined): void;
  choose(row: number): void;
  turn(camera: Camera): void;
}

/** Handles the pointer on the map: it highlights and chooses, and in three dimensions it rotates the cloud. */
export class MapPointer {
  #drag?: {x: number; y: number; camera: Camera; moved: boolean};
  readonly #map: Pointed;

  constructor(map: Pointed) {
    this.#map = map;
  }

  readonly down = (event: PointerEvent): void => {
    const {camera, dimensions} = this.#map.now();
    this.#drag = {x: event.clientX, y: event.clientY, camera, moved: false};
    if (dimensions === 3) (event.target as Element).setPointerCapture?.(event.pointerId);
  };

  readonly move = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (drag && this.#map.now().dimensions === 3) {
      const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
      drag.moved ||= Math.hypot(dx, dy) > MIN_DRAG;
      if (drag.moved) this.#map.turn(turned(drag.camera, dx * TURN_PIXEL, dy * TURN_PIXEL));
    } else if (event.pointerType !== 'touch') this.#map.hover(this.#map.under(event));
  };

  readonly up = (event: PointerEvent): void => {
    const row = this.#drag?.moved ? undefined : this.#map.under(event);
    this.#drag = undefined;
    if (row !== undefined) this.#map.choose(row);
  };

  readonly cancel = (): void => {
    this.#drag = undefined;
  };
}

/** Rotates the camera as the arrow keys do. */
export const turnedByKey = (camera: Camera, [right, up]: readonly [right: number, up: number]): Camera =>
  turned(camera, right * TURN_KEY, -up * TURN_KEY);

function turned({yaw, pitch}: Camera, right: number, down: number): Camera {
  const limit = Math.PI / 2;
  return {yaw: yaw + right, pitch: Math.max(-limit, Math.min(limit, pitch + down))};
}
