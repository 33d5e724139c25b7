import type {Picture} from '../../ui/base/gpt-element.js';
import {whole} from '../../ui/base/whole.js';
import {chipsPicture} from '../../ui/views/chips-picture.js';
import type {EncodedText} from '../../ui/views/token-text.js';

/** Draws a text as chips, one a token, below its counts. */
export function textPicture(
  host: HTMLElement & {withoutIds: boolean},
  {tokenizer, ids, characters, bytes}: EncodedText,
): Picture {
  const title = `${whole(characters)} characters, ${whole(bytes)} bytes, ${whole(ids.length)} tokens`;
  return chipsPicture({
    rows: [{title, tokenizer, ids, withIds: !host.withoutIds}],
    title: 'A text as tokens',
    host,
  });
}
