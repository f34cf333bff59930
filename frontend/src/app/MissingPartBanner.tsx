import { PackageX } from 'lucide-react';
import { useEffect } from 'react';

import { Banner } from '@/components/Banner';
import { Button } from '@/components/Button';
import { announce } from '@/lib/announcements';
import { partMissing } from '@/lib/parts';
import { useStore } from '@/lib/store';
import { MISSING_PART, RELOAD } from '@/texts/banners';

const reload = () => {
  window.location.reload();
};

/** Shown once a part of the page's code could not be loaded. */
export function MissingPartBanner() {
  return useStore(partMissing) ? <Missing /> : null;
}

function Missing() {
  useEffect(() => {
    announce(MISSING_PART.text);
  }, []);
  return (
    <Banner label={MISSING_PART.label} Icon={PackageX} action={<Button onClick={reload}>{RELOAD}</Button>}>
      {MISSING_PART.text}
    </Banner>
  );
}
