import type {MapNode} from './map-layout.js';

/** Returns the nodes from the root to this one. */
export function pathTo(nodes: readonly MapNode[], id: string): MapNode[] {
  for (const node of nodes) {
    if (node.id === id) return [node];
    const inner = pathTo(node.children, id);
    if (inner.length > 0) return [node, ...inner];
  }
  return [];
}
