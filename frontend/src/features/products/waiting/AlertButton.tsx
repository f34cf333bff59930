import { Bell, BellRing } from 'lucide-react';

import { Button } from '@/components/Button';
import { useMainButton } from '@/features/products/waiting/useMainButton';
import type { ButtonFace } from '@/features/products/waitingParts';
import { alertsWanted, notifying, wantAlerts } from '@/lib/alerts';
import { useStore } from '@/lib/store';
import { ALERTS } from '@/texts/waitingList';

/** Turn the alerts on or off. */
function toggle(): void {
  if (alertsWanted.get()) alertsWanted.set(false);
  else void wantAlerts();
}

/** The card's main button turns the alerts on and off. */
export function MainAlertButton({ take }: { take: (face: ButtonFace) => void }) {
  const wanted = useStore(alertsWanted);
  useMainButton(take, {
    text: ALERTS.turnOn,
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
        {ALERTS.turnOn}
        <span className="sr-only"> {name}</span>
      </span>
    </Button>
  );
}

/** What the alerts are. They come only while the page is open. */
export function AlertNote() {
  const wanted = useStore(alertsWanted);
  const notified = useStore(notifying);
  const on = notified ? ALERTS.on : ALERTS.soundOnly;
  return <p className="text-muted">{wanted ? on : ALERTS.off}</p>;
}
