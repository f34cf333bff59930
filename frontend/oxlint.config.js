import { defineConfig } from 'oxlint';

/** A layer may import the layers before it only. */
const LAYERS = ['lib', 'api', 'texts', 'data', 'components', 'features', 'app', 'desk'];

/** Imports that begin with a path below `src`, or all of a folder except some. */
const below = (/** @type {string} */ path) => ({ regex: `^@/${path}(/|$)` });
const allBut = (/** @type {string} */ path, /** @type {string[]} */ ...except) => ({
  group: [`@/${path}/**`, ...except.map((name) => `!@/${path}/${name}`)],
});

/**
 * Components render their properties. They do not know the API. The desk is a page of its own: of the shop's layers it
 * uses only what knows no shopper.
 * @type {Record<string, ({ regex: string } | { group: string[] })[]>}
 */
const ALSO_FORBIDDEN = {
  components: [below('api'), allBut('texts', 'controls'), below('data')],
  desk: [
    allBut('texts', 'controls', 'names', 'sentences'),
    allBut('data', 'productState'),
    below('features'),
    below('app'),
  ],
};
const FEATURES = ['products', 'holds', 'history'];

const OTHER_FOLDERS = { regex: '^\\.\\./', message: 'Import from other folders with @/.' };

/**
 * Forbids imports in a folder of `src`.
 * @param {string} folder
 * @param {({ regex: string } | { group: string[] })[]} imports
 * @param {string} message
 * @returns {import('oxlint').OxlintOverride}
 */
const forbid = (folder, imports, message) => ({
  files: [`src/${folder}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [...imports.map((each) => ({ ...each, message })), OTHER_FOLDERS] },
    ],
  },
});

/** @param {string} layer */
const after = (layer) => LAYERS.slice(LAYERS.indexOf(layer) + 1).map(below);

const oneWay = LAYERS.map((layer) =>
  forbid(
    layer,
    [...after(layer), ...(ALSO_FORBIDDEN[layer] ?? [])],
    `src/${layer} must not import this layer.`,
  ),
);

const separateFeatures = FEATURES.map((feature) => {
  const others = FEATURES.filter((name) => name !== feature).map((name) => below(`features/${name}`));
  const message = 'Features must not import each other; app/ combines them.';
  return forbid(`features/${feature}`, [...after('features'), ...others], message);
});

/** The rules of the other categories that we want, on top of `correctness` and `suspicious`. */
const MORE = [
  'no-array-constructor',
  'no-case-declarations',
  'no-empty',
  'no-empty-function',
  'no-fallthrough',
  'no-prototype-builtins',
  'no-redeclare',
  'no-regex-spaces',
  'no-var',
  'prefer-const',
  'prefer-rest-params',
  'prefer-spread',
  'react/rules-of-hooks',
  'react/unsupported-syntax',
  'typescript/adjacent-overload-signatures',
  'typescript/array-type',
  'typescript/ban-tslint-comment',
  'typescript/class-literal-property-style',
  'typescript/consistent-generic-constructors',
  'typescript/consistent-indexed-object-style',
  'typescript/consistent-type-assertions',
  'typescript/consistent-type-definitions',
  'typescript/dot-notation',
  'typescript/no-confusing-void-expression',
  'typescript/no-deprecated',
  'typescript/no-dynamic-delete',
  'typescript/no-empty-object-type',
  'typescript/no-explicit-any',
  'typescript/no-inferrable-types',
  'typescript/no-invalid-void-type',
  'typescript/no-misused-promises',
  'typescript/no-mixed-enums',
  'typescript/no-namespace',
  'typescript/no-non-null-assertion',
  'typescript/no-require-imports',
  'typescript/no-unnecessary-condition',
  'typescript/no-unsafe-argument',
  'typescript/no-unsafe-assignment',
  'typescript/no-unsafe-call',
  'typescript/no-unsafe-function-type',
  'typescript/no-unsafe-member-access',
  'typescript/no-unsafe-return',
  'typescript/non-nullable-type-assertion-style',
  'typescript/only-throw-error',
  'typescript/prefer-find',
  'typescript/prefer-for-of',
  'typescript/prefer-function-type',
  'typescript/prefer-includes',
  'typescript/prefer-literal-enum-member',
  'typescript/prefer-nullish-coalescing',
  'typescript/prefer-optional-chain',
  'typescript/prefer-promise-reject-errors',
  'typescript/prefer-reduce-type-parameter',
  'typescript/prefer-regexp-exec',
  'typescript/prefer-return-this-type',
  'typescript/prefer-string-starts-ends-with',
  'typescript/related-getter-setter-pairs',
  'typescript/require-await',
  'typescript/unified-signatures',
  'typescript/use-unknown-in-catch-callback-variable',
];

/** Rules of those two categories that we do not want. */
const NOT_WANTED = [
  'jsx-a11y/prefer-tag-over-role', // an <output> is not a list, and <search> is too new
  'react/exhaustive-effect-dependencies', // an effect may run again for a value that it does not read
  'react/no-unstable-nested-components', // takes each function that returns an element for a component
  'react/react-in-jsx-scope', // the compiler imports what it needs
  'typescript/consistent-return', // an effect returns its end, or nothing
  'typescript/no-unsafe-type-assertion', // what is stored or received is checked where it is read
];

/** What can be reached by the Tab key and pressed. */
const TABBABLE = [
  'button',
  'checkbox',
  'link',
  'progressbar',
  'searchbox',
  'slider',
  'spinbutton',
  'switch',
  'textbox',
];
const LOADING = ['onError', 'onLoad'];

const NO_MIXED_SUMS = {
  allowAny: false,
  allowBoolean: false,
  allowNullish: false,
  allowNumberAndString: false,
  allowRegExp: false,
};

export default defineConfig({
  options: { typeAware: true, typeCheck: true },
  plugins: ['eslint', 'typescript', 'react', 'jsx-a11y'],
  jsPlugins: ['./texts-elsewhere.js'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['dist', 'coverage', 'src/api/schema.d.ts'],
  rules: {
    ...Object.fromEntries(MORE.map((name) => [name, 'error'])),
    ...Object.fromEntries(NOT_WANTED.map((name) => [name, 'off'])),
    'jsx-a11y/interactive-supports-focus': ['error', { tabbable: TABBABLE }],
    'jsx-a11y/no-noninteractive-element-interactions': [
      'error',
      { body: LOADING, iframe: LOADING, img: LOADING },
    ],
    'typescript/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
    'typescript/restrict-template-expressions': ['error', { allowNumber: true }], // they are readable
    'typescript/restrict-plus-operands': ['error', NO_MIXED_SUMS],
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
  },
  overrides: [
    ...oneWay,
    ...separateFeatures,
    { files: ['src/**/*.{ts,tsx}'], rules: { 'texts/elsewhere': 'error' } },
    {
      files: ['**/*.test.*', 'src/testing/**', 'src/api/**', 'src/texts/**', 'src/desk/texts/**'],
      rules: { 'texts/elsewhere': 'off' },
    },
  ],
});
