import { useId } from 'react';

interface TextAreaProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  maxLength: number;
}

/** A labelled input of several lines. */
export function TextArea({ label, value, onChange, maxLength }: TextAreaProps) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="inline-flex min-h-8 items-end pb-1.5 text-sm font-semibold">
        {label}
      </label>
      <textarea
        id={id}
        rows={4}
        value={value}
        maxLength={maxLength}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        className="block w-full rounded-control border border-edge bg-ground px-3.5 py-2.5"
      />
    </div>
  );
}
