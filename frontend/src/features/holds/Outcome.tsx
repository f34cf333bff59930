import { useEffect, useId, useRef, type ReactNode } from 'react';

interface OutcomeProps {
  picture?: ReactNode;
  title: string;
  /** What is read out with the title. */
  children: ReactNode;
  /** What can be done next. */
  next: ReactNode;
}

/** How a payment ended. The title takes the focus, since the button that was pressed is gone. */
export function Outcome({ picture, title, children, next }: OutcomeProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const text = useId();
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <div className="flex flex-col items-center text-center">
      {picture}
      <h2 ref={heading} tabIndex={-1} aria-describedby={text} className="mt-4 text-2xl font-semibold">
        {title}
      </h2>
      <div id={text} className="mt-2 grid gap-2 text-muted">
        {children}
      </div>
      <div className="mt-6 flex flex-wrap justify-center gap-3">{next}</div>
    </div>
  );
}
