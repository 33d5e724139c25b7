/** Which sections of the course the reader has seen; kept in the browser, shown in the lists of chapters. */

const KEY = 'gpt-elements-seen';

/** By a chapter's path: how many sections it has, and the ids of those that were seen. */
type Seen = Record<string, {of: number; ids: string[]}>;

function read(): Seen {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Seen;
  } catch {
    return {}; // No storage, or another program's text in it: the reader starts anew.
  }
}

function write(seen: Seen): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(seen));
  } catch {
    // Without a store progress lasts as long as the page.
  }
}

/** Shows on every link to a chapter how much of it was seen. */
function showProgress(seen: Seen): void {
  for (const link of document.querySelectorAll<HTMLElement>('[data-chapter]')) {
    const {of, ids} = seen[link.dataset.chapter!] ?? {of: 1, ids: []};
    link.style.setProperty('--seen', String(Math.min(1, ids.length / of)));
    const words = link.querySelector('.seen-words');
    if (words && ids.length > 0)
      words.textContent = ids.length >= of ? 'Read' : `${ids.length} of ${of} sections read`;
  }
}

/** A section counts as seen when the reader has reached its end: the next heading, or the end of the chapter. */
function follow(chapter: string): void {
  const headings = [...document.querySelectorAll<HTMLElement>('main .level-h2 h2')];
  const ends = [...headings.slice(1), document.querySelector('.site-footer')];
  const observer = new IntersectionObserver((entries) => {
    const seen = read();
    const ids = new Set(seen[chapter]?.ids);
    const before = ids.size;
    for (const {isIntersecting, target} of entries)
      if (isIntersecting) ids.add(headings[ends.indexOf(target as HTMLElement)]!.id);
    if (ids.size === before) return;
    seen[chapter] = {
      of: headings.length,
      ids: [...ids].filter((id) => headings.some((heading) => heading.id === id)),
    };
    write(seen);
    showProgress(seen);
  });
  for (const end of ends) if (end) observer.observe(end);
}

showProgress(read());
const chapter = document.querySelector<HTMLElement>('[data-chapter][aria-current="page"]')?.dataset.chapter;
if (chapter) follow(chapter);
