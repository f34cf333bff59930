import { useLayoutEffect, useRef, type ReactNode } from 'react';

import { LiveRegion } from '@/components/LiveRegion';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/**
 * The native modal dialog: it traps the focus, closes on Escape, and returns the focus to the element that opened it.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Close the dialog before React removes it. A removed dialog does not return the focus.
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
      {/* The page's live region is inert while the dialog is open. */}
      <LiveRegion />
    </dialog>
  );
}
