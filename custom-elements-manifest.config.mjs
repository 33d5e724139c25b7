// custom-elements.json describes every element for editors, Storybook and the site's reference.
export default {
  // The base classes are read too, because every element inherits from them.
  globs: ['src/elements/*/*.ts', 'src/ui/*/*-element.ts'],
  exclude: ['src/elements/**/*.test.ts', 'src/elements/**/*.harness.ts', 'src/elements/**/*.styles.ts'],
  outdir: '.',
  packagejson: false, // package.json names the manifest already
  litelement: true,
  plugins: [tagsFromDefine(), elementsOnly()],
};

/** `define('some-tag', SomeClass)` (src/ui/base/define.ts) is how elements register here. */
function tagsFromDefine() {
  return {
    name: 'tags-from-define',
    analyzePhase({ts, node, moduleDoc}) {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'define') return;
      const [tag, element] = node.arguments;
      const declaration = moduleDoc.declarations?.find(({name}) => name === element?.getText());
      if (!declaration || !ts.isStringLiteral(tag)) return;
      declaration.tagName = tag.text;
      declaration.customElement = true;
      moduleDoc.exports.push({
        kind: 'custom-element-definition',
        name: tag.text,
        declaration: {name: declaration.name, module: moduleDoc.path},
      });
    },
  };
}

/** The public members of the elements, in a fixed order; nothing of the files beside them. */
function elementsOnly() {
  // Static members are what an element tells its base class.
  const isPublic = ({name, privacy = 'public', static: isStatic}) =>
    privacy === 'public' && !isStatic && !/^[#_]/.test(name);
  return {
    name: 'elements-only',
    packageLinkPhase({customElementsManifest: manifest}) {
      for (const module of manifest.modules) {
        module.declarations = module.declarations?.filter(({tagName}) => tagName) ?? [];
        const kept = new Set(module.declarations.map(({name}) => name));
        module.exports = module.exports?.filter(({declaration}) => kept.has(declaration.name));
        for (const declaration of module.declarations) {
          declaration.members = declaration.members?.filter(isPublic);
          // The analyzer takes the parameter of `emit(type)` for the name of an event: real ones are described.
          declaration.events = declaration.events?.filter(({description}) => description);
        }
      }
      manifest.modules = manifest.modules
        .filter(({declarations}) => declarations.length > 0)
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}
