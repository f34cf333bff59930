import { problemText } from '@/desk/texts/problems';

/** Why an action failed. Screen readers announce it at once, because the operator waits for it. */
export function ActionProblem({ error }: { error: Error | null }) {
  return (
    <p role="alert" className="w-full text-sm font-semibold text-error empty:hidden">
      {error && problemText(error)}
    </p>
  );
}
