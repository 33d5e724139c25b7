/** The map on its canvas as the reader’s camera sees it. */
import type {TemplateResult} from 'lit';
import {Memo} from '../../../ui/base/memo.js';
import type {CameraView} from '../../../viz/camera.js';
import type {Box, MapLayout} from '../layout/map-layout.js';
import {pathTo} from '../layout/path-to.js';
import {Painter} from './painter.js';
import type {Scene} from './scenery.js';
import {Zooming} from './zooming.js';

export interface CameraHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  requestUpdate(): void;
}

export class MapCamera {
  readonly #host: CameraHost;
  readonly #scene: () => Scene | undefined;
  readonly #opened: () => ReadonlyMap<string, number>;
  readonly #painter = new Painter();
  readonly #zooming = new Zooming((view) => this.#moved(view));
  /** What the window on the map shows on a narrow page. */
  readonly #shown = new Memo();
  #wasZoomed = false;

  /** @param opened how far parts are open */
  constructor(host: CameraHost, scene: () => Scene | undefined, opened: () => ReadonlyMap<string, number>) {
    this.#host = host;
    this.#scene = scene;
    this.#opened = opened;
  }

  /** Renders all of a zoomed map, small. */
  renderOverview(layout: MapLayout): TemplateResult {
    return this.#zooming.renderOverview(layout);
  }

  get isZoomed(): boolean {
    return this.#zooming.isZoomed;
  }

  /** Lets the reader zoom this element. */
  attach(map: HTMLElement): void {
    void this.#zooming.attach(map);
  }

  /** Back to the whole map. @returns whether it was zoomed */
  reset(): boolean {
    const wasZoomed = this.isZoomed;
    this.#zooming.reset();
    return wasZoomed;
  }

  /** Zooms the map in or out around the middle of a part, in the chosen token’s lane where that runs through it. */
  zoom = ({x, y, width, height}: Box, into: boolean): void => {
    const {layout, view} = this.#scene()!;
    const parts = layout.lanes[view.chosen]?.parts;
    const middle = parts && parts.y > y && parts.y < y + height ? parts.y + parts.height / 2 : y + height / 2;
    void this.#zooming.step(this.#find('.map')!, into, x + width / 2, middle);
  };

  /** @param part empty: the middle of the map */
  zoomAt(part: string, into: boolean): void {
    const {layout} = this.#scene()!;
    const node = part ? pathTo(layout.nodes, part).at(-1) : undefined;
    this.zoom(node?.rect ?? {x: 0, y: 0, width: layout.width, height: layout.height}, into);
  }

  /** Draws a scene that is about to be painted for the first time. */
  prepare(scene: Scene): void {
    this.#painter.prepare(scene);
  }

  paint(): void {
    const scene = this.#scene();
    if (scene) this.#painter.paint(this.#host.renderRoot, scene, this.#zooming, this.#opened());
  }

  /** On a narrow page, scrolls the window on the map to what the stage computes. */
  showSpot(): void {
    const mapWindow = this.#find('.window');
    const scene = this.#scene();
    const {stage} = scene?.view ?? {};
    if (!mapWindow || !scene || !stage || !this.#shown.changed(mapWindow, stage.id, scene.layout.height))
      return;
    const [spot] = stage.spots(scene.layout, scene.view.chosen);
    if (spot) mapWindow.scrollTop = spot.y + spot.height / 2 - mapWindow.clientHeight / 2;
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }

  /** The reader zooms or moves the map: it is drawn again, and all else only where the zoom begins or ends. */
  #moved({k}: CameraView): void {
    if (k > 1 === this.#wasZoomed) this.paint();
    else this.#host.requestUpdate();
    this.#wasZoomed = k > 1;
  }
}
