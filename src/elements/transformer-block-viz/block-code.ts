/** The library's own lines that compute a node: those of `block`, then the function that they call. */
import type {SNIPPETS, SnippetName} from '../../ui/export/snippets.js';
import type {NodeId, NormPlace} from './block-nodes.js';

const CALLED: Partial<Record<NodeId, SnippetName>> = {
  ln_1: 'layer-norm',
  attn: 'attention',
  ln_2: 'layer-norm',
  mlp: 'feed-forward',
};

/** How the line of a node is found in the source of `block`. */
const LINE: Record<NodeId, string> = {
  resid_pre: "hook('resid_pre'",
  ln_1: "hook('ln_1'",
  attn: 'attention(',
  resid_mid: "hook('resid_mid'",
  ln_2: "hook('ln_2'",
  mlp: 'feedForward(',
  resid_post: "hook('resid_post'",
};

export interface CodeLines {
  file: string;
  code: string;
}

export function codeOf(id: NodeId, norm: NormPlace, snippets: typeof SNIPPETS): CodeLines[] {
  const {file, code} = snippets[norm === 'post' ? 'post-norm-block' : 'block'];
  const line = code.split('\n').find((one) => one.includes(LINE[id]))!;
  const called = CALLED[id];
  return [{file, code: line}, ...(called ? [snippets[called]] : [])];
}
