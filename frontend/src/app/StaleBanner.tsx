import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';

import { Banner } from '@/components/Banner';
import { Button } from '@/components/Button';
import { connection } from '@/data/connection';
import { useProductsReceivedAt } from '@/data/products';
import { refreshAll } from '@/data/queryClient';
import { announce } from '@/lib/announcer';
import { useStore } from '@/lib/store';
import { useServerTime } from '@/lib/ticker';

const WORTH_SAYING_SECONDS = 3;

/** Quietly says how old the stock shown is while the API does not answer. */
export function StaleBanner() {
  const { failures } = useStore(connection);
  const receivedAt = useProductsReceivedAt();
  const seconds = useServerTime(() => Math.floor((Date.now() - receivedAt) / 1000));
  if (failures === 0 || receivedAt === 0 || seconds < WORTH_SAYING_SECONDS) return null;
  return <Stale seconds={seconds} />;
}

function Stale({ seconds }: { seconds: number }) {
  useEffect(() => {
    announce('The shop does not answer. What you see is getting old.');
    return () => {
      announce('The shop answers again.');
    };
  }, []);
  return (
    <Banner
      label="Connection"
      Icon={CloudOff}
      action={
        <Button look="quiet" onClick={() => void refreshAll()}>
          Try now
        </Button>
      }
    >
      The shop does not answer. What you see is <strong>{age(seconds)}</strong> old; we keep trying.
    </Banner>
  );
}

const age = (seconds: number) => (seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`);
