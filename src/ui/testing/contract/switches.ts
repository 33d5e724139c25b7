import {expect} from '@open-wc/testing';
import type {LitElement} from 'lit';
import {attributesOf} from './attributes.js';
import type {Check} from './check.js';
import {type ElementDeclaration, easiestSource, type Source} from './declaration.js';
import type {Stage} from './stage.js';
import {textLeaves, visibleElements} from './visible.js';

/** A switch that does nothing is a promise in the documentation that nobody keeps. */
export const switchesWork: Check = {
  title: 'removes something with each `without-*` switch, and shows it again without',
  async run(stage) {
    const {tag} = stage.declaration;
    const names = attributesOf(customElements.get(tag) as typeof LitElement).filter((name) =>
      /^without?-/.test(name),
    );
    for (const name of names) {
      let removes = false;
      for (const source of sourcesOf(stage.declaration))
        removes ||= await removesSomething(stage, name, source);
      expect(removes, `${name} removes something`).to.equal(true);
    }
    const {element} = await stage.put();
    for (const name of names) element.toggleAttribute(name, true);
    await element.updateComplete;
  },
};

/** Some switches show what they do with given data only, others with a model only. */
const sourcesOf = (declaration: ElementDeclaration): Source[] => [
  ...new Set([easiestSource(declaration), ...(declaration.models?.slice(0, 1) ?? [])]),
];

async function removesSomething(stage: Stage, name: string, source: Source): Promise<boolean> {
  const {element, harness} = await stage.mount({source, properties: stage.declaration.switches?.[name]});
  const before = shown(harness.root);
  element.toggleAttribute(name, true);
  await element.updateComplete;
  const switched = shown(harness.root);
  element.removeAttribute(name);
  await harness.until(() => shown(harness.root).elements >= before.elements, `what ${name} had removed`);
  stage.clear();
  const removed =
    switched.elements < before.elements || before.texts.some((text) => !switched.texts.includes(text));
  return name.startsWith('without-') ? removed : removed || switched.elements > before.elements;
}

/** What a reader sees. */
const shown = (root: ParentNode) => ({
  elements: visibleElements(root).length,
  texts: textLeaves(root).map((leaf) => leaf.textContent!.trim()),
});
