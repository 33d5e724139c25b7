import {LitElement, type PropertyDeclaration, type PropertyValues} from 'lit';

/** An element whose properties go back to their defaults when their attributes are removed, or hold no number. */
export abstract class DefaultsElement extends LitElement {
  /** The value of each property before it was first set. */
  readonly #defaults = new Map<PropertyKey, unknown>();

  override requestUpdate(name?: PropertyKey, oldValue?: unknown, options?: PropertyDeclaration): void {
    if (name !== undefined && !this.#defaults.has(name)) this.#defaults.set(name, oldValue);
    super.requestUpdate(name, oldValue, options);
  }

  /** Subclasses call this first. Null (a removed attribute) and NaN (an attribute that is no number) become the default. */
  protected override willUpdate(changed: PropertyValues): void {
    const values = this as unknown as Record<PropertyKey, unknown>;
    for (const name of changed.keys())
      if (values[name] === null || Number.isNaN(values[name])) values[name] = this.#defaults.get(name);
  }
}
