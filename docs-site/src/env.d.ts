/// <reference types="@astrojs/starlight" />

interface ImportMetaEnv {
  /** Whether Storybook was built before the site, which then carries it under storybook/. */
  readonly HAS_STORYBOOK: boolean;
}

declare module 'pagefind-ui' {
  export class PagefindUI {
    constructor(options: object);
  }
}
