import { useId, type ComponentProps, type ReactNode } from 'react';

import { classes } from '@/lib/classes';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
}

/** A labelled input with a hint below it. */
export function TextField({ label, hint, value, onChange, className, ...props }: TextFieldProps) {
  const generated = useId();
  const id = props.id ?? generated;
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="inline-flex min-h-8 items-end pb-1.5 text-sm font-semibold">
        {label}
      </label>
      <input
        {...props}
        id={id}
        value={value}
        aria-describedby={hint ? `${id}hint` : undefined}
        autoComplete="off"
        onChange={(event) => {
          onChange(event.target.value);
        }}
        className={classes(
          'min-h-11 w-full min-w-0 rounded-control border border-edge bg-ground px-3.5 placeholder:text-faint',
          'user-invalid:border-error',
          className,
        )}
      />
      {hint && (
        <p id={`${id}hint`} className="mt-1.5 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
