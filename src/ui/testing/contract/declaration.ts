import type {LitElement} from 'lit';
import type {ElementHarness} from '../element-harness.js';

/** How an element that names no model in its data gets to one. */
export type ModelSource = 'for' | 'ancestor' | 'default';
/** What an element gets its data from. */
export type Source = 'given' | 'alone' | ModelSource;

/** What an element says of itself, so that the contract can be checked on it. */
export interface ElementDeclaration<E extends LitElement = LitElement> {
  tag: string;
  harness: new (element: E) => ElementHarness<E>;
  /** Properties with which it shows something without any model. */
  given?: () => Partial<E>;
  /** Whether it shows something alone, without data and without a model. */
  alone?: boolean;
  /** The ways to a model on which it works. */
  models?: readonly ModelSource[];
  /** Attributes that it has in every check, e.g. a text that the tiny model can read. */
  attributes?: Readonly<Record<string, string>>;
  /** The state in which a `without-*` or `with-*` switch shows what it switches, if that is not the usual one. */
  switches?: Readonly<Record<string, Partial<E>>>;
}

/** What checks that need no model and no data use: given data, else what it shows alone, else a model. */
export function easiestSource({given, alone, models}: ElementDeclaration): Source {
  if (given) return 'given';
  if (alone) return 'alone';
  if (models?.[0]) return models.includes('ancestor') ? 'ancestor' : models[0];
  throw new Error('An element shows given data, something of its own, or a model: declare one of them.');
}
