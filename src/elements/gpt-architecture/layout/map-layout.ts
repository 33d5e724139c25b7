/** Where everything on the map stands: a function of the configuration and the room, with nothing measured. */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Span {
  x: number;
  width: number;
}

/** The row of one token. */
export interface Lane {
  token: number;
  y: number;
  height: number;
  /** Where its vectors and attention rows stand. */
  parts: {y: number; height: number};
  /** The residual stream’s middle, and half of the most that it is thick. */
  stream: {y: number; reach: number};
}

/** One block: its parts as columns, or, where there is no room for that, its heads as small matrices. */
export interface BlockColumns extends Span {
  layer: number;
  links?: Span;
  heads?: readonly Span[];
  /** Where attention is added to the stream. */
  attentionAdd: number;
  mlp?: Span;
  mlpAdd: number;
  /** A collapsed block: a small matrix for each head. */
  small?: readonly Box[];
}

/** What a reader can point at, choose or open. */
export interface MapNode {
  /** `token.3`, `embed.token`, `h.0`, `h.0.attn`, `h.0.attn.2`, `h.0.mlp`, `next.0` … */
  id: string;
  rect: Box;
  /** In the field’s notation: `[T, C] = [11, 96]`. */
  shape?: string;
  children: readonly MapNode[];
}

export interface MapLayout {
  kind: 'wide' | 'narrow';
  width: number;
  height: number;
  lanes: readonly Lane[];
  nodes: readonly MapNode[];
}

export interface LayoutInput {
  nLayers: number;
  nHeads: number;
  embDim: number;
  /** T, the number of tokens. */
  tokens: number;
  /** CSS pixels. */
  width: number;
  /** The token whose lane is large. */
  chosen: number;
  /** A part of the block that is drawn in full where not all are: `h.5.mlp`. */
  focus?: string;
  /** How far parts are open, from 0 to 1: open ones take more room. */
  opened?: ReadonlyMap<string, number>;
  /** Lower, with fewer candidates: for a page where the map is not alone. */
  compact?: boolean;
  /** Characters of each token’s label. */
  labelLengths: readonly number[];
}

/** Narrower pages get the vertical map. */
export const WIDE = 680;

export const inBox = (x: number, y: number, box: Box): boolean =>
  x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;

/** Whether two boxes share some area. */
export const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Returns the deepest node at a point. */
export function nodeAt(nodes: readonly MapNode[], x: number, y: number): MapNode | undefined {
  for (const node of nodes) {
    const inner = nodeAt(node.children, x, y);
    if (inner) return inner;
    if (inBox(x, y, node.rect)) return node;
  }
  return undefined;
}

export function hasNode(nodes: readonly MapNode[], id: string): boolean {
  for (const node of allNodes(nodes)) if (node.id === id) return true;
  return false;
}

/** Yields all nodes, each before its children. */
export function* allNodes(nodes: readonly MapNode[]): Generator<MapNode> {
  for (const node of nodes) {
    yield node;
    yield* allNodes(node.children);
  }
}
