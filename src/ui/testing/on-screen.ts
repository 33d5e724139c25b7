/** Resolves once the browser has told every observer that the element is near the viewport, or far from it. */
export function onScreen(element: Element, expected: boolean): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.at(-1)!.isIntersecting !== expected) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve()); // after the observers that were made later
      },
      {rootMargin: '200px'},
    );
    observer.observe(element);
  });
}
