import type { ReactNode } from 'react';

interface EmptyStateProps {
  picture: ReactNode;
  title: string;
  text: string;
  children?: ReactNode;
}

/** Shown in place of a list that is empty or failed to load: the reason and what to do. */
export function EmptyState({ picture, title, text, children }: EmptyStateProps) {
  return (
    <div className="panel flex animate-rise flex-col items-center gap-3 px-6 py-12 text-center">
      <div className="mb-2 grid size-28 place-items-center">{picture}</div>
      <h2 className="text-xl font-semibold">{title}</h2>
      <p className="max-w-md text-muted">{text}</p>
      {children && <div className="mt-3 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  );
}
