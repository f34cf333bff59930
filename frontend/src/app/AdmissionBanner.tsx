import { UsersRound } from 'lucide-react';
import { useEffect } from 'react';

import { admittedAt } from '@/api/identity';
import { Banner } from '@/components/Banner';
import { announce } from '@/lib/announcements';
import { useStore } from '@/lib/store';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { countdown } from '@/lib/time';
import { ADMISSION } from '@/texts/banners';

/** Shown while the API limits new shoppers from this network address, with the time to wait. */
export function AdmissionBanner() {
  const at = useStore(admittedAt);
  const seconds = useServerTime((now) => secondsUntil(at, now));
  return seconds > 0 ? <Waiting seconds={seconds} /> : null;
}

function Waiting({ seconds }: { seconds: number }) {
  useEffect(() => {
    announce(ADMISSION.spoken);
  }, []);
  return (
    <Banner label={ADMISSION.label} Icon={UsersRound}>
      {ADMISSION.text(<strong>{countdown(seconds)}</strong>)}
    </Banner>
  );
}
