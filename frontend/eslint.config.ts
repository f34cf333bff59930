import js from '@eslint/js';
import type { Linter } from 'eslint';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** A layer may import the layers before it only. */
const LAYERS = ['lib', 'api', 'texts', 'data', 'components', 'features', 'app', 'desk'] as const;

/**
 * Components render their properties. They do not know the API. The desk is a page of its own: of the shop's layers it
 * uses only what knows no shopper.
 */
const ALSO_FORBIDDEN: Partial<Record<(typeof LAYERS)[number], string[]>> = {
  components: ['api', 'texts/(?!controls$).*', 'data'],
  desk: ['texts/(?!(controls|names|sentences)$).*', 'data/(?!productState$).*', 'features', 'app'],
};

const forbid = (patterns: { regex: string; message: string }[]): Linter.RulesRecord => ({
  'no-restricted-imports': ['error', { patterns }],
});

const oneWay = LAYERS.map((layer, position) => {
  const forbidden = [...LAYERS.slice(position + 1), ...(ALSO_FORBIDDEN[layer] ?? [])];
  const patterns = [
    ...forbidden.map((name) => ({ regex: `^@/${name}(/|$)`, message: `${layer} must not import ${name}.` })),
    { regex: '^\\.\\./', message: 'Import from other folders with @/.' },
  ];
  return { files: [`src/${layer}/**`], rules: forbid(patterns) };
});

const FEATURES = ['products', 'holds', 'history'];
const separateFeatures = FEATURES.map((feature) => {
  const others = FEATURES.filter((name) => name !== feature).join('|');
  const regex = `^@/(app|features/(${others}))(/|$)`;
  const patterns = [{ regex, message: 'Features must not import each other; app/ combines them.' }];
  return { files: [`src/features/${feature}/**`], rules: forbid(patterns) };
});

const WORDS = '=/\\p{L}/u]';
const CAPITALISED = '=/^\\p{Lu}\\p{Ll}/u]';
const SHOWN =
  'JSXAttribute[name.name=/^(aria-(label|description|valuetext)|alt|title|placeholder|label|text|hint|note|meaning|confirm|keep)$/]';
const CHILD = `:matches(JSXElement, JSXFragment, ${SHOWN}) > JSXExpressionContainer`;
const SAID = 'CallExpression[callee.name=/^(announce|alertShopper|showToast|setTitle|leadTitle)$/]';

/** Where a text that is written on the spot would stand. One that begins like a sentence is found everywhere. */
const textsElsewhere = [
  `JSXText[value${WORDS}`,
  `${SHOWN} > Literal[value${WORDS}`,
  ...[CHILD, `${CHILD} > ConditionalExpression`, `${CHILD} > LogicalExpression`, SAID].flatMap((place) => [
    `${place} > Literal[value${WORDS}`,
    `${place} > TemplateLiteral > TemplateElement[value.raw${WORDS}`,
  ]),
  `:not(NewExpression, TSLiteralType) > Literal[value${CAPITALISED}`,
  `TemplateElement[value.raw${CAPITALISED}`,
].map((selector) => ({ selector, message: 'Texts for people belong in src/texts or src/desk/texts.' }));

const textsInTheCatalogue: Linter.Config = {
  files: ['src/**/*.{ts,tsx}'],
  ignores: ['**/*.test.*', 'src/testing/**', 'src/api/**', 'src/texts/**', 'src/desk/texts/**'],
  rules: { 'no-restricted-syntax': ['error', ...textsElsewhere] },
};

export default defineConfig(
  globalIgnores(['dist', 'coverage', 'src/api/schema.d.ts']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  reactHooks.configs.flat['recommended-latest'],
  jsxA11y.flatConfigs.strict,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  // numbers in template strings are readable
  { rules: { '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }] } },
  oneWay,
  separateFeatures,
  textsInTheCatalogue,
);
