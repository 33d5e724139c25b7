// Types of the tags for templates: tags.d.ts, written from custom-elements.json, and a file for each framework.
import {copyFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from '../run.mjs';
import {readElements, settable} from './elements-data.mjs';

const frameworks = join(root, 'scripts/package/frameworks');

const comment = (text) =>
  text ? `    /** ${text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */\n` : '';
const union = (names) => names.map((name) => `'${name}'`).join(' | ') || 'never';

function tag({tagName, name, attributes = [], events = [], ...element}) {
  const lines = attributes.map(
    ({name: attribute, fieldName, description}) =>
      `${comment(description)}    '${attribute}'?: ${fieldName ? `Attribute<${name}['${fieldName}']>` : 'string'};\n`,
  );
  return `  '${tagName}': {
    element: ${name};
    properties: ${union(settable(element).map((field) => field.name))};
    events: ${union(events.filter((event) => event.name.startsWith('gpt-')).map((event) => event.name))};
    attributes: {
${lines.join('').replaceAll(/^/gm, '  ').trimEnd()}
    };
  };`;
}

export function writeFrameworkTypes(folder) {
  const elements = readElements();
  const imports = elements.map(({name, module}) => `import type {${name}} from './${module}.js';`);
  writeFileSync(
    join(folder, 'tags.d.ts'),
    `${imports.join('\n')}

/** What may be written in a template for a property: its value, or as text. */
export type Attribute<Value> =
  | Value
  | (boolean extends Value ? '' : never)
  | (number extends Value ? \`\${number}\` : never)
  | (Extract<Value, object> extends never ? never : string);

export interface Tags {
${elements.map(tag).join('\n')}
}

export type EventOf<Name> = Name extends keyof GlobalEventHandlersEventMap
  ? GlobalEventHandlersEventMap[Name]
  : CustomEvent;

type Properties<Tag extends keyof Tags> = Exclude<
  Extract<Tags[Tag]['properties'], keyof Tags[Tag]['element']>,
  keyof Tags[Tag]['attributes']
>;

/** What a template may set on a tag: its attributes, and its properties by their own names. */
export type Settings<Tag extends keyof Tags> = Tags[Tag]['attributes'] &
  Partial<Pick<Tags[Tag]['element'], Properties<Tag>>>;
`,
  );
  for (const name of readdirSync(frameworks)) copyFileSync(join(frameworks, name), join(folder, name));
}
