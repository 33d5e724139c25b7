/** The library's elements in the HTML of a built page. */

export interface Tag {
  name: string;
  attributes: Record<string, string>;
  /** Where its start tag stands in the page. */
  start: number;
  end: number;
}

export interface Figure extends Tag {
  /** The attributes of the `<gpt-model>` that it shows; none: the default model. */
  model?: Record<string, string>;
}

const ATTRIBUTE = /([^\s=>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g;
const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
  '#34': '"',
};

const unescaped = (text: string): string =>
  text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, ...values] of text.matchAll(ATTRIBUTE))
    attributes[name!.toLowerCase()] = unescaped(values.find((value) => value !== undefined) ?? '');
  return attributes;
}

/** The head, scripts and comments, whose text is not markup of the page, and tags. */
const TAG =
  /<head[\s>][\s\S]*?<\/head>|<script[\s>][\s\S]*?<\/script>|<!--[\s\S]*?-->|<(?<closing>\/?)(?<name>[a-z][\w-]*)(?<text>(?:[^>"']|"[^"]*"|'[^']*')*)>/gi;

/** Finds the elements with these tags in a page, and the model that each shows. */
export function figuresIn(html: string, tags: readonly string[]): Figure[] {
  const found: Figure[] = [];
  const models = new Map<string, Record<string, string>>();
  const around: Record<string, string>[] = [];
  for (const {0: whole, groups, index} of html.matchAll(TAG)) {
    const {closing, name = '', text = ''} = groups!;
    if (name === 'gpt-model') {
      if (closing) around.pop();
      else {
        const attributes = attributesOf(text);
        around.push(attributes);
        if (attributes.id) models.set(attributes.id, attributes);
      }
    } else if (!closing && tags.includes(name))
      found.push({
        name,
        attributes: attributesOf(text),
        start: index,
        end: index + whole.length,
        model: around.at(-1),
      });
  }
  // A figure may stand before its model.
  return found.map((figure) => {
    const {for: id} = figure.attributes;
    return {...figure, model: id ? models.get(id) : (figure.model ?? models.get('default'))};
  });
}
