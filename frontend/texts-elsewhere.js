const WORDS = '=/\\p{L}/u]';
const CAPITALISED = '=/^\\p{Lu}\\p{Ll}/u]';
const SHOWN =
  'JSXAttribute[name.name=/^(aria-(label|description|valuetext)|alt|title|placeholder|label|text|hint|note|meaning|confirm|keep)$/]';
const CHILD = `:matches(JSXElement, JSXFragment, ${SHOWN}) > JSXExpressionContainer`;
const SAID = 'CallExpression[callee.name=/^(announce|alertShopper|showToast|setTitle|leadTitle)$/]';

/** Where a text that is written on the spot would stand. One that begins like a sentence is found everywhere. */
const PLACES = [
  `JSXText[value${WORDS}`,
  `${SHOWN} > Literal[value${WORDS}`,
  ...[CHILD, `${CHILD} > ConditionalExpression`, `${CHILD} > LogicalExpression`, SAID].flatMap((place) => [
    `${place} > Literal[value${WORDS}`,
    `${place} > TemplateLiteral > TemplateElement[value.raw${WORDS}`,
  ]),
  `:not(NewExpression, TSLiteralType) > Literal[value${CAPITALISED}`,
  `TemplateElement[value.raw${CAPITALISED}`,
];

/** Finds texts for people outside of the catalogue of texts. */
const elsewhere = {
  /** @param {{ report: (found: { node: object, message: string }) => void }} context */
  create: (context) => {
    /** @param {object} node */
    const report = (node) => {
      context.report({ node, message: 'Texts for people belong in src/texts or src/desk/texts.' });
    };
    return Object.fromEntries(PLACES.map((place) => [place, report]));
  },
};

export default { meta: { name: 'texts' }, rules: { elsewhere } };
