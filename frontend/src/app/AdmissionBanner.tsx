import { UsersRound } from 'lucide-react';
import { useEffect } from 'react';

import { admittedAt } from '@/api/identity';
import { Banner } from '@/components/Banner';
import { announce } from '@/lib/announcer';
import { useStore } from '@/lib/store';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { countdown } from '@/lib/time';

/** Quietly says that newcomers are let in a few at a time, and when it is this one's turn. */
export function AdmissionBanner() {
  const at = useStore(admittedAt);
  const seconds = useServerTime((now) => secondsUntil(at, now));
  return seconds > 0 ? <Waiting seconds={seconds} /> : null;
}

function Waiting({ seconds }: { seconds: number }) {
  useEffect(() => {
    announce('Many shoppers are arriving from your network. It is your turn soon; what you press is kept.');
  }, []);
  return (
    <Banner label="Admission" Icon={UsersRound}>
      Many shoppers are arriving from your network. It is your turn in <strong>{countdown(seconds)}</strong>;
      what you press until then is kept.
    </Banner>
  );
}
