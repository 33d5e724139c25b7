/** The gallery's chapters as a filter: the address says which one is shown. Without scripts they are links to its parts. */
const rooms = [...document.querySelectorAll<HTMLElement>('.gallery > section')];
const links = [...document.querySelectorAll<HTMLAnchorElement>('.rooms a')];

function filter(): void {
  const chosen = rooms.find(({id}) => `#${id}` === location.hash);
  for (const room of rooms) room.hidden = chosen !== undefined && room !== chosen;
  for (const link of links) {
    const isCurrent = link.dataset.room === (chosen?.id.replace('chapter-', '') ?? '');
    link.setAttribute('aria-current', String(isCurrent));
  }
}

for (const link of links)
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault(); // stays where it is: the list below changes
    history.pushState(null, '', link.dataset.room ? link.hash : location.pathname);
    filter();
  });
addEventListener('popstate', filter);
addEventListener('hashchange', filter);
filter();
