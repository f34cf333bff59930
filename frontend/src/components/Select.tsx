import { ChevronDown } from 'lucide-react';

interface SelectProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** The native select element, styled. */
export function Select<T extends string>({ label, options, value, onChange }: SelectProps<T>) {
  return (
    <label className="relative inline-flex items-center gap-2 text-sm text-muted">
      <span className="max-sm:sr-only">{label}</span>
      <select
        value={value}
        onChange={(event) => {
          onChange(event.target.value as T);
        }}
        className="min-h-11 max-w-full max-sm:w-32 cursor-pointer appearance-none rounded-control border border-line bg-surface ps-3.5 pe-10 font-semibold text-ink hover:border-edge"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-surface text-ink">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute end-3 size-4" />
    </label>
  );
}
