import { refusalText, type Action } from '@/texts/refusals';

interface ActionErrorProps {
  error: Error | null;
  action: Action;
}

/** Why an action on a hold failed. Screen readers announce it at once, because the shopper waits for it. */
export function ActionError({ error, action }: ActionErrorProps) {
  return (
    <p role="alert" className="text-sm font-semibold text-error empty:hidden">
      {error && sentences(error, action)}
    </p>
  );
}

function sentences(error: Error, action: Action): string {
  const { title, advice } = refusalText(error, action);
  return `${title}. ${advice}`;
}
