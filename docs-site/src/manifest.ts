/** What custom-elements.json says of each element, in the form in which the reference prints it. */
import {createMarkdownProcessor} from '@astrojs/markdown-remark';
import manifest from '../../custom-elements.json';

export interface Entry {
  name: string;
  /** TypeScript, e.g. “number | undefined”. */
  type?: string;
  default?: string;
  /** HTML. */
  about: string;
}

export interface Section {
  title: string;
  entries: Entry[];
}

export interface ElementFacts {
  tag: string;
  /** HTML. */
  summary: string;
  description: string;
  sections: Section[];
}

/** What the manifest's schema has, as far as it is read here. */
interface Described {
  name?: string;
  description?: string;
  summary?: string;
  type?: {text: string};
  default?: string;
}
interface Member extends Described {
  kind: 'field' | 'method';
  attribute?: string;
  parameters?: Described[];
  return?: {type?: {text: string}};
}
interface Declaration extends Described {
  tagName?: string;
  attributes?: Described[];
  members?: Member[];
  events?: Described[];
  slots?: Described[];
  cssParts?: Described[];
  cssProperties?: Described[];
}

const markdown = await createMarkdownProcessor({});

/** `{@link Name}` → `Name`, Markdown → HTML. */
async function render(text = ''): Promise<string> {
  return (await markdown.render(text.replace(/\{@link ([^}]+)\}/g, '`$1`'))).code;
}

async function section(title: string, list: Described[] = []): Promise<Section[]> {
  const entries = await Promise.all(
    list.map(async ({name, type, default: value, summary, description}) => ({
      name: name || '(default)',
      type: type?.text,
      default: value,
      about: await render(summary ?? description),
    })),
  );
  return entries.length > 0 ? [{title, entries}] : [];
}

const signature = ({name, parameters = []}: Member): string =>
  `${name}(${parameters.map((parameter) => parameter.name).join(', ')})`;

async function factsOf(element: Declaration): Promise<ElementFacts> {
  const members = element.members ?? [];
  const fields = members.filter(({kind, attribute}) => kind === 'field' && !attribute);
  const methods = members
    .filter(({kind, description}) => kind === 'method' && description)
    .map((method) => ({...method, name: signature(method), type: method.return?.type}));
  const sections = await Promise.all([
    section('Attributes', element.attributes),
    section(
      'Properties without an attribute',
      fields.filter(({description}) => description),
    ),
    section('Methods', methods),
    section('Events', element.events),
    section('Slots', element.slots),
    section('CSS parts', element.cssParts),
    section('CSS properties', element.cssProperties),
  ]);
  return {
    tag: element.tagName!,
    summary: await render(element.summary),
    description: await render(element.description),
    sections: sections.flat(),
  };
}

const declarations = (manifest.modules as {declarations?: Declaration[]}[])
  .flatMap(({declarations = []}) => declarations)
  .filter(({tagName}) => tagName);
if (declarations.length === 0)
  throw new Error('custom-elements.json describes no element: run `npm run generate` first.');

/** Every element of the library, in the order of the manifest. */
export const ELEMENTS: ElementFacts[] = await Promise.all(declarations.map(factsOf));
