import {expect} from '@open-wc/testing';
import type {LitElement} from 'lit';
import type {Check} from './check.js';
import {Complaints} from './complaints.js';

const NONSENSE = ['', 'nonsense', '-1', 'NaN', '1e9', '<b>'] as const;

/** Returns the names of the attributes that an element's class observes. */
export const attributesOf = ({elementProperties}: typeof LitElement): string[] => [
  ...propertiesOf(elementProperties).keys(),
];

/** The properties of a class by their attributes. */
function propertiesOf(properties: typeof LitElement.elementProperties): Map<string, PropertyKey> {
  const names = new Map<string, PropertyKey>();
  for (const [property, {attribute, state}] of properties)
    if (attribute !== false && !state)
      names.set(typeof attribute === 'string' ? attribute : String(property).toLowerCase(), property);
  return names;
}

/** Pages are written by hand and by frameworks, which remove attributes and set properties to null. */
export const survivesAnyAttribute: Check = {
  title: 'survives each attribute removed, null, empty and nonsense, and draws again when it is set right',
  async run(stage) {
    const {element, harness} = await stage.mount();
    const complaints = new Complaints();
    const found: string[] = [];
    const attempt = async (what: string, change: () => void): Promise<void> => {
      try {
        change();
        await element.updateComplete;
      } catch (error) {
        found.push(`${what}: ${(error as Error).message}`);
      }
      found.push(...(await complaints.take()).map((complaint) => `${what}: ${complaint}`));
    };
    try {
      const Class = element.constructor as typeof LitElement;
      for (const [name, property] of propertiesOf(Class.elementProperties)) {
        const target = element as unknown as Record<PropertyKey, unknown>;
        const [value, attribute] = [target[property], element.getAttribute(name)];
        await attempt(`${name} = null`, () => (target[property] = null));
        for (const nonsense of NONSENSE)
          await attempt(`${name}="${nonsense}"`, () => element.setAttribute(name, nonsense));
        await attempt(`${name} removed`, () => element.removeAttribute(name));
        await attempt(`${name} set right again`, () => {
          target[property] = value;
          if (attribute !== null) element.setAttribute(name, attribute);
        });
        try {
          await harness.until(() => harness.isDrawn, `a drawing after ${name} was set right again`);
        } catch (error) {
          found.push((error as Error).message.slice(0, 200));
          break; // whatever follows would fail too
        }
        found.push(...(await complaints.take()).map((complaint) => `after ${name}: ${complaint}`));
      }
    } finally {
      complaints.end();
    }
    expect(found).to.deep.equal([]);
  },
};
