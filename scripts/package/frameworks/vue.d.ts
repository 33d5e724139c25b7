// Tags in Vue's templates: import 'gpt-elements/vue';
import type {HTMLAttributes} from 'vue';
import type {EventOf, Settings, Tags} from './tags.js';

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** Vue keeps `key` and `ref` for itself: an attribute of that name has to be set through a ref. */
type Own<Tag extends keyof Tags> = Omit<Settings<Tag>, 'key' | 'ref'> & {
  [Name in Tags[Tag]['events'] as `on${Capitalize<Name | Camel<Name>>}`]?: (event: EventOf<Name>) => void;
};

export type GptElements = {
  [Tag in keyof Tags]: new () => {$props: Omit<HTMLAttributes, keyof Own<Tag>> & Own<Tag>};
};

declare module 'vue' {
  interface GlobalComponents extends GptElements {}
}
