interface DrawnText {
  text: string;
  canvas: HTMLCanvasElement;
  left: number;
  right: number;
}

/** Records the texts that are drawn on canvases, until `end`. */
export class CanvasTexts {
  readonly #texts: DrawnText[] = [];
  readonly #fillText = CanvasRenderingContext2D.prototype.fillText;

  constructor() {
    const texts = this.#texts;
    const fillText = this.#fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
      const {actualBoundingBoxLeft, actualBoundingBoxRight} = this.measureText(text);
      const transform = this.getTransform();
      const ends = [x - actualBoundingBoxLeft, x + actualBoundingBoxRight].map(
        (end) => transform.transformPoint({x: end, y}).x,
      );
      texts.push({text, canvas: this.canvas, left: Math.min(...ends), right: Math.max(...ends)});
      return fillText.call(this, text, x, y, ...rest);
    };
  }

  /** Texts that reach over an edge of their canvas. */
  get clipped(): string[] {
    const over = this.#texts.filter(
      ({canvas, left, right}) => canvas.isConnected && (left < -1 || right > canvas.width + 1),
    );
    return [...new Set(over.map(({text}) => text))];
  }

  end(): void {
    CanvasRenderingContext2D.prototype.fillText = this.#fillText;
  }
}
