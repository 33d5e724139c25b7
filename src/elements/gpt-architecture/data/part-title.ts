import {visibleToken} from '../../../ui/base/format.js';
import type {ArchitectureData} from './architecture-data.js';

/** Returns a part’s name in a path: “Block 1”, “Head 2”. */
export function partTitle(id: string, {tokens, stream}: ArchitectureData, chosen: number): string {
  const [kind, index, part, head] = id.split('.') as [string, string?, string?, string?];
  const number = Number(index) + 1;
  switch (kind) {
    case 'tokens':
      return 'Text';
    case 'token':
      return `Token ${number}, ${visibleToken(tokens[number - 1] ?? '')}`;
    case 'embed':
      return {token: 'Token embedding', position: 'Position embedding'}[index ?? ''] ?? 'Embedding';
    case 'next': {
      const guess = index === undefined ? undefined : stream.at(-1)?.guesses[chosen]?.[number - 1];
      return guess ? visibleToken(guess.token) : 'Next token';
    }
    default:
      if (head !== undefined) return `Head ${Number(head) + 1}`;
      return {attn: 'Attention', mlp: 'MLP'}[part ?? ''] ?? `Block ${number}`;
  }
}
