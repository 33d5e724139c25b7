// Tags in Preact's JSX: import 'gpt-elements/preact';
import type {JSX} from 'preact';
import type {EventOf, Settings, Tags} from './tags.js';

/** Preact keeps `key` and `ref` for itself: an attribute of that name has to be set through a ref. */
type Own<Tag extends keyof Tags> = Omit<Settings<Tag>, 'key' | 'ref'> & {
  [Name in Tags[Tag]['events'] as `on${Name}`]?: (event: EventOf<Name>) => void;
};

export type GptElements = {
  [Tag in keyof Tags]: Omit<JSX.HTMLAttributes<Tags[Tag]['element']>, keyof Own<Tag>> & Own<Tag>;
};

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends GptElements {}
  }
}
