import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';

import { Banner } from '@/components/Banner';
import { useProductsReceivedAt } from '@/data/products';
import { reservationsReadAt } from '@/data/reservations';
import { announce } from '@/lib/announcements';
import { useStore } from '@/lib/store';
import { recentTime } from '@/lib/time';
import { OFFLINE } from '@/texts/banners';

/** Shown while the browser has no network: when the page last knew the stock or, after a reload, the holds. */
export function OfflineBanner() {
  const stockAt = useProductsReceivedAt();
  const holdsAt = useStore(reservationsReadAt);
  const knownAt = stockAt || holdsAt;
  const text = knownAt ? OFFLINE.knownAt(recentTime(knownAt)) : OFFLINE.text;
  useEffect(() => {
    announce(text);
  }, [text]);
  return (
    <Banner label={OFFLINE.label} Icon={CloudOff}>
      {text}
    </Banner>
  );
}
