import { useEffect, useId, useRef, type ReactNode } from 'react';

interface PaymentResultProps {
  picture?: ReactNode;
  title: string;
  /** Read by screen readers together with the title. */
  children: ReactNode;
  /** Buttons and links. */
  next: ReactNode;
}

/** The result of a payment. The title takes the focus, since the button that was pressed has gone. */
export function PaymentResult({ picture, title, children, next }: PaymentResultProps) {
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
