import {html, noChange, type TemplateResult} from 'lit';
import {Directive, type DirectiveParameters, directive, type PropertyPart} from 'lit/directive.js';

/** Like Lit's `live`, which would bring more code along. */
class Selected extends Directive {
  override render(isSelected: boolean): unknown {
    return isSelected;
  }

  override update({element}: PropertyPart, [isSelected]: DirectiveParameters<this>): unknown {
    const option = element as HTMLOptionElement;
    if (option.selected !== isSelected) option.selected = isSelected;
    return noChange;
  }
}

/** For `.selected` of an option: in force also after the reader has chosen another one. */
export const selected = directive(Selected);

/** The options of a `<select>`. The chosen one is in force also after the reader has chosen another. */
export const renderOptions = (
  options: readonly (readonly [value: string | number, label: unknown])[],
  chosen: string | number | undefined,
): TemplateResult[] =>
  options.map(
    ([value, label]) =>
      html`<option value=${value} .selected=${selected(value === chosen)}>${label}</option>`,
  );
