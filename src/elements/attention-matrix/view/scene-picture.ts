import type {Picture} from '../../../ui/base/gpt-element.js';
import {attentionPicture} from './attention-drawing.js';
import {linksPicture} from './links-view.js';
import type {Scene} from './scene.js';

/** The chosen head as a picture to download; undefined while it is read, and while an exercise hides a row. */
export function scenePicture({data, drawing, hidden, links, chosen, theme}: Scene): Picture | undefined {
  if (!drawing || hidden !== undefined) return undefined;
  return links
    ? linksPicture(links, drawing, data, chosen, theme)
    : attentionPicture(drawing, data, chosen, theme);
}
