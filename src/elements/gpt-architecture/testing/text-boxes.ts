/** The room that the texts of a drawing take, with estimated widths: no browser, no fonts. */
import type {Surface, TextStyle} from '../../../viz/surface.js';
import {codeWidth, wordsWidth} from '../draw/text-width.js';
import type {Box} from '../layout/map-layout.js';

export interface TextBox extends Box {
  text: string;
}

/** Letters reach this far from the middle of their line, in shares of the size. */
const REACH = 0.42;
/** Boxes may share so much: an estimate is no measure. */
const TOLERANCE = 1;
/** Words side by side are told apart by this much. */
const GAP = 2;

/** A surface that remembers where texts stand. */
export class TextBoxSurface implements Surface {
  readonly width = 0;
  readonly height = 0;
  readonly boxes: TextBox[] = [];

  text(text: string, x: number, y: number, style: TextStyle): void {
    if (!text.trim()) return;
    const {size, font = '', weight} = style;
    const across = font.includes('mono') ? codeWidth(text, size) : wordsWidth(text, size, weight);
    const down = 2 * REACH * size;
    const shift = style.anchor === 'middle' ? across / 2 : style.anchor === 'end' ? across : 0;
    // A text that is turned stands on its end.
    this.boxes.push(
      style.rotate
        ? {text, x: x - down / 2, y: y - across / 2, width: down, height: across}
        : {text, x: x - shift, y: y - down / 2, width: across, height: down},
    );
  }
  clip(_x: number, _y: number, _width: number, _height: number, draw: () => void): void {
    draw();
  }
  line(): void {}
  rect(): void {}
  path(): void {}
  hatch(): void {}
  grid(): void {}
}

/** How much two spans share. */
const shared = (a: number, aLength: number, b: number, bLength: number): number =>
  Math.min(a + aLength, b + bLength) - Math.max(a, b);

/** @param least how much of their widths two boxes have to share */
const isShared = (a: Box, b: Box, least = TOLERANCE): boolean =>
  shared(a.x, a.width, b.x, b.width) > least && shared(a.y, a.height, b.y, b.height) > TOLERANCE;

/** Returns the texts that lie over each other, and those that leave the drawing: in words. */
export function overlaps(
  boxes: readonly TextBox[],
  {width, height}: {width: number; height: number},
): string[] {
  const found: string[] = [];
  boxes.forEach((box, i) => {
    if (
      box.x < -TOLERANCE ||
      box.x + box.width > width + TOLERANCE ||
      box.y + box.height > height + TOLERANCE
    )
      found.push(`“${box.text}” leaves the drawing`);
    for (const other of boxes.slice(i + 1))
      if (isShared(box, other, -GAP)) found.push(`“${box.text}” lies over “${other.text}”`);
  });
  return found;
}

/** Returns the texts through which a vertical side of a frame runs. */
export const crossedBy = (frame: Box, boxes: readonly TextBox[]): string[] =>
  [frame.x, frame.x + frame.width].flatMap((x) =>
    boxes
      .filter((box) => isShared({x: x - 1, y: frame.y, width: 2, height: frame.height}, box))
      .map(({text}) => text),
  );
