import { classes } from '@/lib/classes';

interface RadioGroupProps<T extends string> {
  label: string;
  name: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** Radio buttons in a row. They are native, so the arrow keys work. */
export function RadioGroup<T extends string>({ label, name, options, value, onChange }: RadioGroupProps<T>) {
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{label}</legend>
      <div className="flex w-fit max-w-full flex-wrap gap-1 rounded-2xl border border-line bg-surface p-1">
        {options.map((option) => (
          <label
            key={option.value}
            className={classes(
              'relative inline-flex min-h-11 min-w-11 items-center justify-center rounded-xl px-2.5 text-sm sm:px-3.5 font-semibold transition-colors',
              'has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
              option.value === value ? 'bg-ink text-ground selected' : 'text-muted hover:text-ink',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => {
                onChange(option.value);
              }}
              className="absolute inset-0 cursor-pointer appearance-none rounded-xl outline-none"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
