import { HOW_IT_WORKS } from '@/texts/page';

/** How the shop works, in three steps. */
export function Footer() {
  return (
    <footer className="mt-20 border-t border-line">
      <div className="mx-auto max-w-7xl px-4 py-10 sm:px-6">
        <h2 className="sr-only">{HOW_IT_WORKS.title}</h2>
        <ol className="grid gap-8 sm:grid-cols-3">
          {HOW_IT_WORKS.steps.map(([title, text], step) => (
            <li key={title}>
              <p aria-hidden className="ember-text inline-block font-display text-3xl font-bold">
                {step + 1}
              </p>
              <h3 className="mt-1 text-lg font-semibold">{title}</h3>
              <p className="mt-1 text-muted">{text}</p>
            </li>
          ))}
        </ol>
        <p className="mt-10 text-sm text-faint">{HOW_IT_WORKS.demonstration}</p>
      </div>
    </footer>
  );
}
