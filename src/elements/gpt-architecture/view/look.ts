import type {LiveModel} from '../../../state/live-model.js';
import type {Theme} from '../../../viz/theme.js';
import type {ArchitectureData} from '../data/architecture-data.js';
import type {FocusHost} from './refocus.js';

/** What the reader looks at. */
export interface Look {
  /** What is open: a part of the map, or one of its tensors; empty: nothing. */
  open: string;
  /** The stage of the walkthrough; empty: none. */
  stage: string;
  /** The chosen part. */
  selected: string;
  /** The head whose numbers are on show. */
  head: number;
}

/** What the reader looks at in a forward pass, and what follows when something else is chosen. */
export interface LookAt extends Look {
  /** Absent where the numbers are given. */
  model: LiveModel | undefined;
  data: ArchitectureData;
  /** The token whose lane is large. */
  chosen: number;
  /** Index on the last axis; undefined: the most notable number. */
  cell: number | undefined;
  theme: Theme;
  /** Pixels of room. */
  width: number;
  sizes: boolean;
  /** Opens a part or a tensor. */
  show: (open: string) => void;
  /** Goes to a stage of the walkthrough. */
  goTo: (stage: string) => void;
  chooseHead: (head: number) => void;
  /** A number of the tensor: its token, and its index on the last axis. */
  choose: (token: number, cell: number | undefined) => void;
  /** One level up, from a number to its part. */
  leave: () => void;
}

export interface CloserHost extends FocusHost {
  requestUpdate(): void;
  patch: string;
  patchText: string;
}
