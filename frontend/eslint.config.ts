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

/** Texts, where a person sees or hears them: a JSX child or attribute, or the argument of a function that tells. */
const WORDS = '[value=/\\p{L}/u]';
const TEMPLATE = 'TemplateElement[value.raw=/\\p{L}/u]';
const ATTRIBUTE = 'JSXAttribute[name.name=/^(aria-(label|description|roledescription|valuetext)|alt|title|placeholder|label|text|hint|note|meaning|confirm|keep)$/]';
const TELLS = 'CallExpression[callee.name=/^(announce|alertShopper|showToast|setTitle|leadTitle|shareAddress)$/]';
const literalText = [
  `JSXText${WORDS}`,
  // in a table of texts or anywhere else: it begins like a sentence
  'Literal[value=/^\\p{Lu}\\p{Ll}/u]',
  'TemplateElement[value.raw=/^\\p{Lu}\\p{Ll}/u]',
];
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
);
