/** The whole deal in three sentences. */
const STEPS = [
  ['Reserve', 'The unit leaves the shelf that very moment. Nobody else can take it, and nothing is charged.'],
  [
    'Decide',
    'The ring burns down by the shop’s clock, not yours. Refresh, sleep, come back: it stays right.',
  ],
  [
    'Pay, or let go',
    'Pay in time and it is yours. Otherwise it is on sale again the instant the ring is out.',
  ],
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
        <p className="mt-10 text-sm text-faint">Ember is a demonstration. No goods, no money.</p>
      </div>
    </footer>
  );
}
