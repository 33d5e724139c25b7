// Tags in Svelte's templates: import 'gpt-elements/svelte';
import type {HTMLAttributes} from 'svelte/elements';
import type {EventOf, Settings, Tags} from './tags.js';

type Own<Tag extends keyof Tags> = Settings<Tag> & {
  [Name in Tags[Tag]['events'] as `on${Name}` | `on:${Name}`]?: (event: EventOf<Name>) => void;
};

export type GptElements = {
  [Tag in keyof Tags]: Omit<HTMLAttributes<Tags[Tag]['element']>, keyof Own<Tag>> & Own<Tag>;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends GptElements {}
}
