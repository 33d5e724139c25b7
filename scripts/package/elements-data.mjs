import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from '../run.mjs';

/** The elements of custom-elements.json, each with the path of its module below src, without ending. */
export function readElements() {
  const {modules} = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8'));
  return modules.flatMap(({path, declarations = []}) =>
    declarations
      .filter(({tagName}) => tagName)
      .map((element) => ({...element, module: path.replace(/^src\//, '').replace(/\.ts$/, '')})),
  );
}

/** The properties of an element that a page may set, by name. */
export const settable = ({members = []}) =>
  members.filter(
    (member) =>
      member.kind === 'field' && !member.static && !member.readonly && member.privacy !== 'protected',
  );

/** The values that an attribute may have, where its type lists them. */
export function listedValues(type = '') {
  const values = type.split('|').map((part) => part.trim());
  const listed = values.filter((value) => /^'.*'$/.test(value));
  return listed.length > 0 && listed.length === values.filter((value) => value !== 'undefined').length
    ? listed.map((value) => value.slice(1, -1))
    : undefined;
}
