import type { ReactNode } from 'react';

import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { ActionProblem } from '@/desk/ActionProblem';

interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  /** The text of the button that does it. */
  confirm: string;
  /** The text of the button that leaves everything as it is. It comes first and has the focus. */
  keep: string;
  look?: 'danger' | 'ember';
  pending: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before an action that cannot be taken back or that shoppers notice. */
export function ConfirmDialog({ title, children, look = 'danger', ...rest }: ConfirmDialogProps) {
  const { confirm, keep, pending, error, onConfirm, onClose } = rest;
  return (
    <Dialog title={title} onClose={onClose}>
      <h2 className="text-2xl font-semibold">{title}</h2>
      <div className="mt-3 grid gap-3 text-muted">{children}</div>
      <div className="mt-4">
        <ActionProblem error={error} />
      </div>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button onClick={onClose}>{keep}</Button>
        <Button look={look} pending={pending} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
