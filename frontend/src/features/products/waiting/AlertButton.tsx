import { Bell, BellRing } from 'lucide-react';

import { Button } from '@/components/Button';
import { useMainButton } from '@/features/products/waiting/useMainButton';
import type { ButtonFace } from '@/features/products/waitingParts';
import { alertsWanted, notifying, wantAlerts } from '@/lib/alerts';
import { useStore } from '@/lib/store';

const TEXT = 'Tell me';

/** Turn the alerts on or off. */
function toggle(): void {
  if (alertsWanted.get()) alertsWanted.set(false);
  else void wantAlerts();
}

/** The card's main button turns the alerts on and off. */
export function MainAlertButton({ take }: { take: (face: ButtonFace) => void }) {
  const wanted = useStore(alertsWanted);
  useMainButton(take, {
    text: TEXT,
    Icon: wanted ? BellRing : Bell,
    look: wanted ? 'plain' : 'ember',
    pressed: wanted,
    press: toggle,
  });
  return null;
}

/** The same beside a main button that does something else. */
export function CardAlertButton({ name }: { name: string }) {
  const wanted = useStore(alertsWanted);
  const Icon = wanted ? BellRing : Bell;
  return (
    <Button className="grow" aria-pressed={wanted} onClick={toggle}>
      <Icon aria-hidden className="size-5 shrink-0" />
      <span>
        {TEXT}
        <span className="sr-only"> {name}</span>
      </span>
    </Button>
  );
}

/** What the alerts are. They come only while the page is open. */
export function AlertNote() {
  const wanted = useStore(alertsWanted);
  const notified = useStore(notifying);
  if (!wanted)
    return <p className="text-muted">Your turn comes with a limited time to pay, so keep this page open.</p>;
  return (
    <p className="text-muted">
      At your turn you {notified ? 'get a sound and a notification' : 'hear a sound'}. Keep this page open.
      {!notified && ' Your browser does not let this page show notifications.'}
    </p>
  );
}
