// Tags in React 19's JSX: import 'gpt-elements/react';
import type {DetailedHTMLProps, HTMLAttributes} from 'react';
import type {EventOf, Settings, Tags} from './tags.js';

/** React keeps `key` and `ref` for itself: an attribute of that name has to be set through a ref. */
type Own<Tag extends keyof Tags> = Omit<Settings<Tag>, 'key' | 'ref'> & {
  [Name in Tags[Tag]['events'] as `on${Name}`]?: (event: EventOf<Name>) => void;
} & {class?: string};

type Html<Element> = DetailedHTMLProps<HTMLAttributes<Element>, Element>;

export type GptElements = {
  [Tag in keyof Tags]: Omit<Html<Tags[Tag]['element']>, keyof Own<Tag>> & Own<Tag>;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends GptElements {}
  }
}
