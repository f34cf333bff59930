import type { Product } from '@/api/types';
import { Button } from '@/components/Button';
import { Stepper } from '@/components/Stepper';
import { CardNote } from '@/features/products/CardNote';
import type { ShopperUnits } from '@/features/products/shopperUnits';
import { saleState, type SaleState } from '@/data/productState';
import { useReserveForm, type ReserveForm as Form } from '@/features/products/useReserveForm';
import { useServerTime } from '@/lib/ticker';

interface ReserveFormProps {
  product: Product;
  own: ShopperUnits;
  holds: number;
}

/** Quantity and button. The refusal is shown below them, so that the button does not move. */
export function ReserveForm({ product, own, holds }: ReserveFormProps) {
  const form = useReserveForm(product, own, holds);
  const sale = useServerTime((now) => saleState(product, now));
  const soldOut = product.availableStock === 0 && !form.pending;
  const canReserve = sale === 'open' && !soldOut;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex gap-2">
        {canReserve && (
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
          unavailable={!canReserve || form.cooling}
          onClick={form.submit}
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
  if (sale !== 'open') return sale === 'upcoming' ? 'Not open yet' : 'Sale ended';
  if (soldOut) return 'Sold out';
  if (cooling) return 'Please wait';
  return quantity > 1 ? `Reserve ${quantity}` : 'Reserve';
}
