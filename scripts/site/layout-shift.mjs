// How far what a page shows moves by itself, and what moved.

/** Runs in the page, before its scripts: `window.shifts` collects each layout shift and where it happened. */
export function collectShifts() {
  /** The innermost element at a place, also inside shadow roots, which the browser does not name. */
  const innermost = ({left, top, height}) => {
    const at = [left + 3, top + height / 2];
    let element = document.elementFromPoint(...at);
    for (;;) {
      const inner = element?.shadowRoot?.elementFromPoint(...at);
      if (!inner || inner === element) return element;
      element = inner;
    }
  };
  const path = (element) => {
    const names = [];
    for (let at = element; at && names.length < 4; at = at.parentElement ?? at.getRootNode().host)
      names.push(
        at.localName + (at.id ? `#${at.id}` : '') + [...at.classList].map((name) => `.${name}`).join(''),
      );
    return names.join(' < ');
  };
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const {value, startTime, sources} of list.getEntries())
      window.shifts.push({
        value,
        at: Math.round(startTime),
        moved: sources.map(({previousRect: before, currentRect: now}) => {
          const from = `${Math.round(before.top)}+${Math.round(before.height)}`;
          return `${path(innermost(now))}: ${from} to ${Math.round(now.top)}+${Math.round(now.height)}`;
        }),
      });
  }).observe({type: 'layout-shift', buffered: true});
}

/** @returns the sum of all layout shifts, and a line for each of the larger ones */
export async function shiftOf(page) {
  const shifts = await page.evaluate(
    () =>
      new Promise((resolve) => {
        // An entry comes in a task of its own, before the second frame.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(window.shifts))));
      }),
  );
  return {
    sum: shifts.reduce((sum, {value}) => sum + value, 0),
    lines: shifts
      .filter(({value}) => value > 0.001)
      .map(({value, at, moved}) => `${value.toFixed(4)} after ${at} ms: ${moved.join(', ')}`),
  };
}
