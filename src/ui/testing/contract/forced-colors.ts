import {expect} from '@open-wc/testing';
import type {Check} from './check.js';
import {emulate} from './emulate.js';
import {isVisible, nameOf, visibleElements} from './visible.js';

const STATES = ['aria-pressed', 'aria-selected', 'aria-checked', 'aria-current'] as const;

/** What still tells elements apart when the system sets the colors. */
const LOOKS = [
  'color',
  'background-color',
  'border-top-color',
  'border-top-width',
  'border-top-style',
  'border-bottom-width',
  'outline-style',
  'outline-color',
  'text-decoration-line',
  'font-weight',
] as const;

export const survivesForcedColors: Check = {
  title: 'tells selected from not selected, and shows its bars, where the system forces its colors',
  async run(stage) {
    const {harness} = await stage.mount();
    const shapes = visibleElements(harness.root).filter(isShape);
    await emulate({forcedColors: true});
    try {
      expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
      await harness.drawn();
      const canvas = systemColor('Canvas');
      const lost = shapes.filter((shape) => isVisible(shape) && !stands(shape, canvas));
      expect([...new Set(lost.map(nameOf))], 'bars and swatches that nobody sees').to.deep.equal([]);
      expect(indistinct(harness.root), 'selected like the others').to.deep.equal([]);
    } finally {
      await emulate();
    }
  },
};

/** Whether an element says something by its color alone: a bar, a mark, a swatch. */
function isShape(element: HTMLElement): boolean {
  if (element.matches('canvas, svg *, svg, input, progress, hr, img, option, select')) return false;
  if (element.childElementCount > 0 || element.textContent!.trim() !== '') return false;
  const {backgroundColor, backgroundImage} = getComputedStyle(element);
  // What has the color of the page covers something and says nothing.
  return (
    backgroundImage !== 'none' || !/^(transparent|rgba\(.*, 0\)|rgb\(255, 255, 255\))$/.test(backgroundColor)
  );
}

function stands(shape: HTMLElement, canvas: string): boolean {
  const {backgroundColor, backgroundImage, borderTopStyle, borderTopWidth, borderTopColor} =
    getComputedStyle(shape);
  if (backgroundImage !== 'none') return true;
  if (borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) > 0 && borderTopColor !== canvas)
    return true;
  return backgroundColor !== canvas && !/^(transparent|rgba\(.*, 0\))$/.test(backgroundColor);
}

/** Selected elements that look like one beside them that is not. */
function indistinct(root: ParentNode): string[] {
  return STATES.flatMap((state) =>
    visibleElements(root, `[${state}]`)
      .filter((element) => element.getAttribute(state) !== 'false')
      .filter((element) => {
        const other = [
          ...element.parentElement!.querySelectorAll<HTMLElement>(`:scope > [${state}="false"]`),
        ].find((one) => one.localName === element.localName && isVisible(one));
        return other && LOOKS.every((look) => styleOf(element, look) === styleOf(other, look));
      })
      .map(nameOf),
  );
}

const styleOf = (element: Element, name: string): string => getComputedStyle(element).getPropertyValue(name);

function systemColor(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = name;
  document.body.append(probe);
  const {color} = getComputedStyle(probe);
  probe.remove();
  return color;
}
