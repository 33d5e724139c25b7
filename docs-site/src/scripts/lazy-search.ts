/** Stands in for `@pagefind/default-ui`, which Starlight loads on every page: this loads it when the search is opened. */

const dialog = () => document.querySelector<HTMLDialogElement>('site-search dialog');

export class PagefindUI {
  constructor(options: object) {
    const search = dialog();
    if (!search) return;
    const opened = new MutationObserver(() => loadIfOpen());
    const loadIfOpen = (): void => {
      if (!search.open) return;
      opened.disconnect();
      void load(options, search);
    };
    opened.observe(search, {attributes: true, attributeFilter: ['open']});
    loadIfOpen(); // the reader may have been quicker
  }
}

async function load(options: object, search: HTMLDialogElement): Promise<void> {
  const ui = await import('pagefind-ui');
  new ui.PagefindUI(options);
  search.querySelector('input')?.focus();
}
