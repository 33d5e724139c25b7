/** Shows the picture of a trained head until the page's own model trains, then that model's head. */
for (const place of document.querySelectorAll<HTMLElement>('.first-head'))
  document.getElementById(place.dataset.model!)?.addEventListener(
    'gpt-step',
    () => {
      place.querySelector<HTMLElement>('.before')!.hidden = true;
      place.querySelector<HTMLElement>('attention-matrix')!.hidden = false;
    },
    {once: true},
  );
