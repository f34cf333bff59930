import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';

import { Banner } from '@/components/Banner';
import { Button } from '@/components/Button';
import { connection, connectionState, type ConnectionState } from '@/data/connection';
import { useProductsReceivedAt } from '@/data/products';
import { refresh } from '@/data/queryClient';
import { announce } from '@/lib/announcements';
import { useServerTime } from '@/lib/ticker';

const SHOWN_FROM_SECONDS = 3;

const PROBLEMS: Record<Exclude<ConnectionState, 'live'>, string> = {
  slow: 'The shop answers slowly.',
  down: 'The shop does not answer.',
};

/** Shows how old the stock on the page is while the API is slow or down. */
export function StaleBanner() {
  const state = useServerTime(() => connectionState(connection.get()));
  const receivedAt = useProductsReceivedAt();
  const seconds = useServerTime(() => Math.floor((Date.now() - receivedAt) / 1000));
  if (state === 'live' || receivedAt === 0 || seconds < SHOWN_FROM_SECONDS) return null;
  return <Stale problem={PROBLEMS[state]} seconds={seconds} />;
}

function Stale({ problem, seconds }: { problem: string; seconds: number }) {
  useEffect(() => {
    announce(`${problem} The stock on this page is out of date.`);
  }, [problem]);
  useEffect(
    () => () => {
      announce('The shop answers again.');
    },
    [],
  );
  return (
    <Banner
      label="Connection"
      Icon={CloudOff}
      action={
        <Button look="quiet" onClick={() => void refresh('products')}>
          Try again
        </Button>
      }
    >
      {problem} The stock on this page is <strong>{age(seconds)}</strong> old. The page keeps trying.
    </Banner>
  );
}

const age = (seconds: number) => (seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`);
