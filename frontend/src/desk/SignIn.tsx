import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useEffect, useState, type SyntheticEvent } from 'react';

import { Refusal } from '@/api/errors';
import { Button } from '@/components/Button';
import { Logo } from '@/components/Logo';
import { readSale } from '@/desk/deskApi';
import { deskQueries, SALE } from '@/desk/queries';
import { signIn } from '@/desk/session';
import { TextField } from '@/desk/TextField';
import { focusOn } from '@/lib/focus';
import { SIGN_IN } from '@/desk/texts/frame';

const FIELD = 'token';

/** Asks for an admin token. It is tried with the first request, and kept if the API accepts it. */
export function SignIn({ rejected }: { rejected: boolean }) {
  const [token, setToken] = useState('');
  useEffect(() => {
    focusOn(FIELD);
  }, []);
  const attempt = useMutation({
    mutationFn: (wanted: string) => readSale(null, wanted),
    onSuccess: (sale, accepted) => {
      deskQueries.setQueryData(SALE.queryKey, sale);
      signIn(accepted);
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!attempt.isPending && token.trim() !== '') attempt.mutate(token.trim());
  };
  return (
    <main id="main" className="grid min-h-dvh place-items-center p-4">
      <form onSubmit={submit} className="panel grid w-full max-w-md animate-rise gap-5 p-6 sm:p-8">
        <Logo className="size-12" />
        <div>
          <h1 className="text-title font-bold">{SIGN_IN.title}</h1>
          <p className="mt-2 text-muted">{SIGN_IN.text}</p>
        </div>
        <TextField
          id={FIELD}
          label={SIGN_IN.token}
          value={token}
          onChange={setToken}
          required
          spellCheck={false}
          className="[-webkit-text-security:disc]"
          hint={SIGN_IN.hint((command) => (
            <code className="font-semibold text-ink">{command}</code>
          ))}
        />
        <p role="alert" className="text-sm font-semibold text-error empty:hidden">
          {attempt.error ? signInProblem(attempt.error) : rejected && !attempt.isPending && SIGN_IN.rejected}
        </p>
        <Button type="submit" look="ember" pending={attempt.isPending}>
          <KeyRound aria-hidden className="size-4" />
          {SIGN_IN.signIn}
        </Button>
      </form>
    </main>
  );
}

const signInProblem = (error: Error) => (error instanceof Refusal ? SIGN_IN.rejected : SIGN_IN.unanswered);
