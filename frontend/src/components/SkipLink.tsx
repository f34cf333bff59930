import { SKIP_TO_CONTENT } from '@/texts/controls';

/** The first stop of the keyboard: it leads past the header. Visible while it has the focus. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed start-2 top-2 z-50 -translate-y-20 rounded-control bg-ink px-4 py-3 font-semibold text-ground focus:translate-y-0"
    >
      {SKIP_TO_CONTENT}
    </a>
  );
}
