// When a page's first figure is to be seen: its recorded picture, and the element that takes its place.

/** In the page, from its start: notes the frame in which either is in view for the first time. */
function noteFigures() {
  const seen = (window.firstFigures = {});
  const inView = (node) => {
    const {top, height} = node.getBoundingClientRect();
    return height > 0 && top < innerHeight;
  };
  const isLive = ({shadowRoot}) =>
    shadowRoot?.childElementCount && !shadowRoot.querySelector('slot[name="recorded"]');
  const look = () => {
    const figures = [...document.querySelectorAll('.live *')].filter(
      (node) => node.localName.includes('-') && inView(node),
    );
    if (figures.some((node) => node.querySelector('.recorded svg'))) seen.recorded ??= performance.now();
    if (figures.some(isLive)) seen.live ??= performance.now();
    if (!seen.live) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** @returns milliseconds after navigation until the first figure's picture and until the first live figure */
export async function firstFigures(browser, url) {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}});
  try {
    const page = await context.newPage();
    await page.addInitScript(noteFigures);
    await page.goto(url);
    await page.waitForFunction(() => window.firstFigures.live);
    const {recorded, live} = await page.evaluate(() => window.firstFigures);
    return {recorded: Math.round(recorded ?? live), live: Math.round(live)};
  } finally {
    await context.close();
  }
}
