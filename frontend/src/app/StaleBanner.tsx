import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';

import { Banner } from '@/components/Banner';
import { Button } from '@/components/Button';
import { connection, connectionState, type ConnectionState } from '@/data/connection';
import { useProductsReceivedAt } from '@/data/products';
import { refresh } from '@/data/queryClient';
import { announce } from '@/lib/announcements';
import { useOnline } from '@/lib/online';
import { useServerTime } from '@/lib/ticker';
import { CONNECTION } from '@/texts/banners';
import { TRY_AGAIN } from '@/texts/controls';

const SHOWN_FROM_SECONDS = 3;

const PROBLEMS: Record<Exclude<ConnectionState, 'live'>, string> = CONNECTION.problems;

/** Shows how old the stock on the page is while the API is slow or down. */
export function StaleBanner() {
  const online = useOnline();
  const state = useServerTime(() => connectionState(connection.get()));
  const receivedAt = useProductsReceivedAt();
  const seconds = useServerTime(() => Math.floor((Date.now() - receivedAt) / 1000));
  if (!online || state === 'live' || receivedAt === 0 || seconds < SHOWN_FROM_SECONDS) return null;
  return <Stale problem={PROBLEMS[state]} seconds={seconds} />;
}

function Stale({ problem, seconds }: { problem: string; seconds: number }) {
  useEffect(() => {
    announce(CONNECTION.spoken(problem));
  }, [problem]);
  useEffect(
    () => () => {
      announce(CONNECTION.recovered);
    },
    [],
  );
  return (
    <Banner
      label={CONNECTION.label}
      Icon={CloudOff}
      action={
        <Button look="quiet" onClick={() => void refresh('products')}>
          {TRY_AGAIN}
        </Button>
      }
    >
      {CONNECTION.text(problem, <strong>{CONNECTION.age(seconds)}</strong>)}
    </Banner>
  );
}
