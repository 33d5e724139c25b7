import {picture} from '../picture.js';
import type {Theme} from '../theme.js';
import {layOut} from './layout.js';
import {arithmeticRoom, BELOW, drawScene, hiddenIn, type Scene, withPinned} from './scene.js';
import {drawWords} from './words.js';

/**
 * Returns a scene with its words as a picture: what the page shows, for export.
 * @param width Pixels of room.
 */
export function scenePicture(
  title: string,
  whole: Scene,
  width: number,
  theme: Theme,
): ReturnType<typeof picture> {
  const scene = withPinned(whole, hiddenIn(whole, layOut(whole, width)));
  const layout = layOut(scene, width);
  const below = scene.arithmetic && !arithmeticRoom(scene, layout) ? BELOW : 0;
  return picture({
    width: Math.ceil(layout.width),
    height: Math.ceil(layout.height + below),
    title,
    theme,
    draw(surface) {
      drawScene(surface, scene, layout, theme);
      drawWords(surface, scene, layout, theme);
    },
  });
}
