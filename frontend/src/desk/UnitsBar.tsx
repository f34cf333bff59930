import type { Units } from '@/desk/figures';

/** A product's units: sold, held, and available. The numbers stand beside it, so it is hidden from screen readers. */
export function UnitsBar({ units }: { units: Units }) {
  const { available, held, sold } = units;
  return (
    <div aria-hidden className="flex h-3 gap-0.5 overflow-hidden rounded-full">
      <Part units={sold} look="bar-lit bg-success" />
      <Part units={held} look="bar-lit bg-accent" />
      <Part units={available} look="bar-track bg-edge" />
    </div>
  );
}

function Part({ units, look }: { units: number; look: string }) {
  if (units <= 0) return null;
  return (
    <div
      className={`h-full min-w-1 transition-[flex-grow] duration-700 ease-out-soft ${look}`}
      style={{ flexGrow: units }}
    />
  );
}
