import { useLayoutEffect, useRef, type ReactNode } from 'react';

import { LiveRegion } from '@/components/LiveRegion';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** The platform's modal dialog: focus stays in it, Escape closes it, and focus goes back where it came from. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // before the element leaves the page: a removed dialog gives the focus back to nobody
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="panel backdrop-veil m-auto max-h-[calc(100dvh-1rem)] w-[min(30rem,calc(100vw-1.5rem))] overflow-y-auto p-6 text-ink open:animate-rise sm:p-8"
    >
      {children}
      {/* the page's own is out of reach meanwhile, as all of the page is */}
      <LiveRegion />
    </dialog>
  );
}
