/** The bar that trains a page's model gives way to a full trainer while that is in view. */
const bar = document.querySelector<HTMLElement>('.mini-trainer[data-unless]');
const trainer = bar && document.getElementById(bar.dataset.unless!);
if (trainer)
  new IntersectionObserver(
    ([entry]) => {
      bar.classList.toggle('away', entry!.isIntersecting);
    },
    {rootMargin: '-64px 0px'},
  ).observe(trainer);
