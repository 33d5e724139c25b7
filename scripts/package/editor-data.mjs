// What editors complete and explain in HTML: web-types.json (JetBrains) and vscode.html-custom-data.json (VS Code).
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from '../run.mjs';
import {listedValues, readElements, settable} from './elements-data.mjs';

const {name, version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const described = ({summary, description}) => [summary, description].filter(Boolean).join('\n\n');
const isSwitch = (attribute) => attribute.type?.text === 'boolean';

const webTypes = (elements) => ({
  $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
  name,
  version,
  'description-markup': 'markdown',
  contributions: {
    html: {
      elements: elements.map((element) => ({
        name: element.tagName,
        description: described(element),
        attributes: (element.attributes ?? []).map((attribute) => ({
          name: attribute.name,
          description: attribute.description,
          default: attribute.default,
          value: isSwitch(attribute) ? {kind: 'no-value'} : {type: attribute.type?.text ?? 'string'},
        })),
        slots: element.slots,
        js: {
          properties: settable(element).map((field) => ({
            name: field.name,
            description: field.description,
            type: field.type?.text,
          })),
          events: (element.events ?? []).map((event) => ({name: event.name, description: event.description})),
        },
        css: {
          properties: element.cssProperties,
          parts: element.cssParts,
        },
      })),
    },
  },
});

const vsCode = (elements) => ({
  version: 1.1,
  tags: elements.map((element) => ({
    name: element.tagName,
    description: {kind: 'markdown', value: described(element)},
    attributes: (element.attributes ?? []).map((attribute) => ({
      name: attribute.name,
      description: attribute.description,
      ...(isSwitch(attribute) && {valueSet: 'v'}),
      values: listedValues(attribute.type?.text)?.map((value) => ({name: value})),
    })),
  })),
});

export function writeEditorData(folder) {
  const elements = readElements();
  for (const [file, data] of [
    ['web-types.json', webTypes(elements)],
    ['vscode.html-custom-data.json', vsCode(elements)],
  ])
    writeFileSync(join(folder, file), `${JSON.stringify(data)}\n`);
}
