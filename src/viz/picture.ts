import {CanvasSurface} from './canvas-surface.js';
import type {Surface} from './surface.js';
import {SvgSurface} from './svg-surface.js';
import type {Theme} from './theme.js';

export interface PictureOptions {
  width: number;
  height: number;
  /** What it shows, for those who cannot see it. */
  title: string;
  theme: Theme;
  draw: (surface: Surface) => void;
}

/** Returns the pixels of an exported picture: as wide as it is shown, within what other pages can use. */
export const exportWidth = (shown: number): number => Math.max(320, Math.min(1100, shown));

/** One drawing as an SVG file and as a PNG at twice the size, both on the theme's background. */
export function picture({width, height, title, theme, draw}: PictureOptions): {
  svg(): string;
  png(): Promise<Blob>;
} {
  const paint = <T extends Surface>(surface: T): T => {
    surface.rect(0, 0, width, height, {fill: theme.background});
    draw(surface);
    return surface;
  };
  return {
    svg: () => paint(new SvgSurface(width, height, title)).toString(),
    png: () =>
      new Promise((resolve, reject) => {
        const canvas = document.createElement('canvas');
        paint(new CanvasSurface(canvas, width, height, 2));
        canvas.toBlob((blob) =>
          blob ? resolve(blob) : reject(new Error('The browser could not make a PNG of this size.')),
        );
      }),
  };
}
