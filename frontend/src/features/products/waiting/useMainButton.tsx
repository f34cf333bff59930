import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';

import type { ButtonFace } from '@/features/products/waitingParts';

interface MainButton {
  text: string;
  Icon: LucideIcon;
  look: 'ember' | 'plain';
  pending?: boolean;
  pressed?: boolean;
  press: () => void;
}

/** Give the card's main button another face. It stays the same element, so it keeps the focus. */
export function useMainButton(take: (face: ButtonFace) => void, button: MainButton): void {
  const { text, Icon, look, pending = false, pressed, press } = button;
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    take({
      look,
      pending,
      unavailable: false,
      'aria-pressed': pressed,
      onClick: () => {
        latest.current();
      },
      children: (
        <>
          {!pending && <Icon aria-hidden className="size-5 shrink-0" />}
          <span>{text}</span>
        </>
      ),
    });
  }, [take, text, Icon, look, pending, pressed]);
}
