import { announcement } from '@/lib/announcer';
import { useStore } from '@/lib/store';

/** What happened, told to screen readers once and politely. */
export function LiveRegion() {
  const { text, count } = useStore(announcement);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      <p key={count}>{text}</p>
    </div>
  );
}
