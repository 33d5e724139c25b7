// custom-elements.json describes every element for editors, Storybook and the site's reference.
export default {
  globs: ['src/elements/**/*.ts'],
  exclude: ['src/elements/**/*.test.ts', 'src/elements/**/*.harness.ts', 'src/elements/**/*.styles.ts'],
  outdir: '.',
  packagejson: false, // package.json names the manifest already
  litelement: true,
  plugins: [
    {
      name: 'public-members-in-a-fixed-order',
      packageLinkPhase({customElementsManifest}) {
        customElementsManifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1));
        for (const {declarations = []} of customElementsManifest.modules)
          for (const declaration of declarations)
            declaration.members = declaration.members
              ?.filter(({privacy = 'public'}) => privacy === 'public')
              .filter(({name}) => !/^[#_]/.test(name));
      },
    },
  ],
};
