/** How the shop works, in three steps. */
const STEPS = [
  ['Reserve', 'The unit is yours to buy: nobody else can reserve it. Reserving is free of charge.'],
  [
    'Decide',
    'The countdown follows the clock of the shop. You can reload or close the page; the hold stays.',
  ],
  ['Pay or cancel', 'Pay before the time ends. Otherwise the unit is on sale again at once.'],
] as const;

export function Footer() {
  return (
    <footer className="mt-20 border-t border-line">
      <div className="mx-auto max-w-7xl px-4 py-10 sm:px-6">
        <h2 className="sr-only">How it works</h2>
        <ol className="grid gap-8 sm:grid-cols-3">
          {STEPS.map(([title, text], step) => (
            <li key={title}>
              <p aria-hidden className="ember-text inline-block font-display text-3xl font-bold">
                {step + 1}
              </p>
              <h3 className="mt-1 text-lg font-semibold">{title}</h3>
              <p className="mt-1 text-muted">{text}</p>
            </li>
          ))}
        </ol>
        <p className="mt-10 text-sm text-faint">
          Ember is a demonstration. It sells no goods and takes no money.
        </p>
      </div>
    </footer>
  );
}
