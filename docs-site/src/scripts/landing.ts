/** The landing page's attention head: a recorded picture until the model trains, then the model's own. */
const model = document.querySelector('gpt-model#first');
const head = model?.querySelector<HTMLElement>('attention-matrix');
const picture = model?.querySelector<HTMLElement>('gpt-picture');
if (model && head && picture)
  model.addEventListener(
    'gpt-step',
    () => {
      picture.hidden = true;
      head.hidden = false;
    },
    {once: true},
  );
