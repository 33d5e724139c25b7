/** What `open` addresses: a part of the map, or one of its tensors by its trace name, with the head after `attn`: `h.0.attn.2.probs`. */

/** Returns the part that is open: `h.0.attn.2` of `h.0.attn.2.probs`, `h.0.mlp` of `h.0.ln_2`, `next` of `logits`. */
export const partOpened = (open: string): string =>
  open
    .replace(/^(next\.\d+|ln_f|logits|probs)$/, 'next')
    .replace(/^(h\.\d+)\.(mlp|ln_2|resid_post).*/, '$1.mlp')
    .replace(
      /^(h\.\d+\.)(?:(attn\.\d+).*|(?:ln_1|attn|resid_mid).*)/,
      (_, block, head) => block + (head ?? 'attn'),
    );

/** Returns the head that a part is, or that a tensor is of. */
export function headIn(id: string): number | undefined {
  const head = /^h\.\d+\.attn\.(\d+)/.exec(id)?.[1];
  return head === undefined ? undefined : Number(head);
}

/** Whether a part has tensors to look at. */
export const canOpen = (part: string): boolean => /^(embed|h\.|next)/.test(part);
