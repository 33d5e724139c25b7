import type {LitElement} from 'lit';
import {AWAITING} from './contract/awaiting.js';
import type {Check} from './contract/check.js';
import {CHECKS, type CheckName} from './contract/checks.js';
import {Complaints} from './contract/complaints.js';
import type {ElementDeclaration} from './contract/declaration.js';
import {EXEMPT} from './contract/exempt.js';
import {Stage} from './contract/stage.js';

export type {ElementDeclaration, ModelSource} from './contract/declaration.js';

/** Runs a check. @throws {Error} where the element breaks the contract, or the page complains meanwhile */
export async function keepsContract(check: Check, stage: Stage): Promise<void> {
  const complaints = new Complaints();
  try {
    await check.run(stage);
    const found = await complaints.take();
    if (found.length > 0) throw new Error(`The page complains: ${found.join('; ')}`);
  } finally {
    complaints.end();
    stage.clear();
  }
}

/** Registers the tests that every element passes. */
export function elementContract<E extends LitElement>(declaration: ElementDeclaration<E>): void {
  const {tag} = declaration;
  describe(`<${tag}> keeps the contract of elements: it`, () => {
    let stage: Stage;
    before(() => {
      stage = new Stage(declaration as unknown as ElementDeclaration);
    });
    after(() => stage.close());

    for (const [name, check] of Object.entries(CHECKS) as [CheckName, Check][]) {
      if (!(check.applies?.(declaration as unknown as ElementDeclaration) ?? true)) continue;
      const reason = EXEMPT[tag]?.[name];
      const fault = AWAITING[tag]?.[name];
      if (reason) it.skip(`${check.title} (exempt: ${reason})`);
      else if (fault)
        it(`does not yet pass “${name}”: ${fault}`, async () => {
          const failed = await keepsContract(check, stage).then(
            () => false,
            () => true,
          );
          if (!failed) throw new Error(`<${tag}> passes “${name}”: take it out of awaiting.ts.`);
        });
      else it(check.title, () => keepsContract(check, stage));
    }
  });
}
