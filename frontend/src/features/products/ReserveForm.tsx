import type { Product } from '@/api/types';
import { Button } from '@/components/Button';
import { Stepper } from '@/components/Stepper';
import { CardNote } from '@/features/products/CardNote';
import { saleState } from '@/features/products/stock';
import { useReserveForm } from '@/features/products/useReserveForm';
import { useServerTime } from '@/lib/ticker';

/** Quantity and the one button that matters. What came of pressing it stands below, so that the button stays put. */
export function ReserveForm({ product }: { product: Product }) {
  const form = useReserveForm(product);
  const sale = useServerTime((now) => saleState(product, now));
  const soldOut = product.availableStock === 0 && !form.pending;
  const possible = sale === 'open' && !soldOut;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex gap-2">
        {possible && (
          <Stepper
            label={`Quantity of ${product.name}`}
            value={form.quantity}
            most={form.most}
            onChange={form.setQuantity}
          />
        )}
        <Button
          look="ember"
          className="grow"
          pending={form.pending}
          unavailable={!possible}
          onClick={form.press}
        >
          {buttonText(sale, soldOut, form.quantity)}
          <span className="sr-only"> {product.name}</span>
        </Button>
      </div>
      <CardNote product={product} sale={sale} refused={form.refused} />
    </div>
  );
}

function buttonText(sale: string, soldOut: boolean, quantity: number): string {
  if (sale !== 'open') return sale === 'upcoming' ? 'Not open yet' : 'Sale over';
  if (soldOut) return 'Sold out';
  return quantity > 1 ? `Reserve ${quantity}` : 'Reserve';
}
