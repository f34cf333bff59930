import { LoaderCircle } from 'lucide-react';
import type { ComponentProps } from 'react';

import { classes } from '@/lib/classes';

const LOOKS = {
  ember: 'ember enabled:hover:brightness-110 aria-disabled:brightness-100',
  plain: 'border border-edge bg-raised text-ink hover:border-accent',
  quiet: 'border border-transparent text-muted hover:text-ink hover:bg-line',
  danger: 'border border-error/60 bg-error-tint text-error hover:border-error',
};

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof LOOKS;
  /** The action is running: shows a spinner and ignores further clicks. */
  pending?: boolean;
  /** The action is not possible: ignores clicks but stays in the tab order, so the focus is not lost. */
  unavailable?: boolean;
}

export function Button({ look = 'plain', pending, unavailable, className, ...rest }: ButtonProps) {
  const { children, onClick, ...props } = rest;
  const inert = pending === true || unavailable === true;
  return (
    <button
      type="button"
      {...props}
      aria-disabled={inert}
      aria-busy={pending}
      onClick={inert ? ignore : onClick}
      className={classes(
        'relative inline-flex min-h-11 items-center justify-center gap-2 rounded-control px-4 font-semibold',
        'transition duration-200 ease-out-soft active:scale-[0.98] aria-disabled:active:scale-100',
        unavailable ? 'dimmed border border-line bg-line text-faint cursor-not-allowed' : LOOKS[look],
        className,
      )}
    >
      {pending && <LoaderCircle aria-hidden className="size-5 animate-spin" />}
      {children}
    </button>
  );
}

function ignore(event: { preventDefault: () => void }) {
  event.preventDefault();
}
