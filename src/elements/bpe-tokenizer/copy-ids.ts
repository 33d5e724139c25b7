import {whole} from '../../ui/base/whole.js';
import {copyText} from '../../ui/export/copy-text.js';

/** Copies ids as a list in brackets, and says in a sentence what came of it. */
export async function copyIds(ids: ArrayLike<number> = []): Promise<string> {
  const copied = await copyText(`[${Array.from(ids).join(', ')}]`);
  return copied ? `${whole(ids.length)} ids copied.` : 'The browser did not allow copying.';
}
