import {css, html, type TemplateResult} from 'lit';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import type {Surface} from '../../viz/surface.js';
import {Memo} from '../base/memo.js';
import {keyTarget, sliderTargets} from '../base/stepping.js';

/** A drawing with one place in it that the reader moves along a line. */
export interface DrawingProps {
  /** Tells one view of an element from another. */
  name: string;
  /** What it shows, for those who do not see it. */
  label: string;
  width: number;
  height: number;
  draw: (surface: Surface) => void;
  /** What the drawing is made from: it is drawn again when one of these changes. */
  inputs: readonly unknown[];
  /** Where the reader is, and how far the line goes. */
  cursor: {now: number; min: number; max: number; step: number; text: string};
  /** The reader points here, in pixels of the drawing; undefined when the pointer leaves. */
  point: (at: {x: number; y: number} | undefined) => void;
  /** A key leads to this place on the line. */
  move: (to: number) => void;
}

/** A canvas that works as a slider: pointing at it, or the arrow keys, move a cursor along the drawing. */
export class DrawingView {
  #props?: DrawingProps;
  readonly #painted = new Memo();

  render(props: DrawingProps): TemplateResult {
    this.#props = props;
    const {name, label, width, height, cursor, point} = props;
    return html`<div
      class="drawing"
      data-name=${name}
      role="slider"
      tabindex="0"
      aria-label=${label}
      aria-valuemin=${cursor.min}
      aria-valuemax=${cursor.max}
      aria-valuenow=${cursor.now}
      aria-valuetext=${cursor.text}
      .style="height: ${height}px; width: ${width}px"
      @pointermove=${this.#pointed}
      @pointerdown=${this.#pointed}
      @pointerleave=${(event: PointerEvent) => event.pointerType !== 'touch' && point(undefined)}
      @keydown=${this.#pressed}
      ><canvas aria-hidden="true" .style="height: ${height}px; width: ${width}px"></canvas
    ></div>`;
  }

  /** After each render: draws what has changed. */
  paint(root: ParentNode): void {
    const props = this.#props;
    const canvas =
      props && root.querySelector<HTMLCanvasElement>(`.drawing[data-name="${props.name}"] canvas`);
    if (!canvas) return;
    const {width, height, draw, inputs} = props;
    if (width <= 0 || !this.#painted.changed(canvas, width, height, devicePixelRatio, ...inputs)) return;
    draw(new CanvasSurface(canvas, width, height));
  }

  #pointed = (event: PointerEvent): void => {
    const {left, top} = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this.#props!.point({x: event.clientX - left, y: event.clientY - top});
  };

  #pressed = (event: KeyboardEvent): void => {
    const {cursor, move} = this.#props!;
    const {now, min, max, step} = cursor;
    const to = keyTarget(event, sliderTargets(now, step, min, max), max, min);
    if (to !== undefined) move(to);
  };
}

export const drawingStyles = css`
  .drawing {
    display: block;
    max-width: 100%;
    direction: ltr;
    cursor: crosshair;
    touch-action: pan-y;
  }
  .drawing canvas {
    display: block;
  }
`;
