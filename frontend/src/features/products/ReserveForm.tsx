import type { Product } from '@/api/types';
import { Button } from '@/components/Button';
import { Stepper } from '@/components/Stepper';
import { CardNote } from '@/features/products/CardNote';
import type { Own } from '@/features/products/own';
import { saleState, type SaleState } from '@/features/products/stock';
import { useReserveForm, type ReserveForm as Form } from '@/features/products/useReserveForm';
import { useServerTime } from '@/lib/ticker';

interface ReserveFormProps {
  product: Product;
  own: Own;
  holds: number;
}

/** Quantity and the one button that matters. What came of pressing it stands below, so that the button stays put. */
export function ReserveForm({ product, own, holds }: ReserveFormProps) {
  const form = useReserveForm(product, own, holds);
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
          unavailable={!possible || form.cooling}
          onClick={form.press}
        >
          {buttonText(sale, soldOut, form)}
          <span className="sr-only"> {product.name}</span>
        </Button>
      </div>
      <CardNote product={product} sale={sale} refused={form.refused} own={own} />
    </div>
  );
}

function buttonText(sale: SaleState, soldOut: boolean, { quantity, cooling }: Form): string {
  if (sale !== 'open') return sale === 'upcoming' ? 'Not open yet' : 'Sale over';
  if (soldOut) return 'Sold out';
  if (cooling) return 'In a moment';
  return quantity > 1 ? `Reserve ${quantity}` : 'Reserve';
}
