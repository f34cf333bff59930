import type { Product } from '@/api/types';
import { Button } from '@/components/Button';
import { Stepper } from '@/components/Stepper';
import { RefusalNotice } from '@/features/products/RefusalNotice';
import { ReleaseHint } from '@/features/products/ReleaseHint';
import { SaleNotice } from '@/features/products/SaleNotice';
import { saleState } from '@/features/products/stock';
import { useReserveForm } from '@/features/products/useReserveForm';
import { useServerTime } from '@/lib/ticker';

/** Quantity and the one button that matters, with what came of pressing it. The button never leaves its place. */
export function ReserveForm({ product }: { product: Product }) {
  const form = useReserveForm(product);
  const sale = useServerTime((now) => saleState(product, now));
  const soldOut = product.availableStock === 0;
  const possible = sale === 'open' && (!soldOut || form.pending);
  return (
    <div className="mt-auto flex flex-col gap-3">
      {form.refused && <RefusalNotice refused={form.refused} />}
      {sale !== 'open' && <SaleNotice product={product} sale={sale} />}
      {sale === 'open' && soldOut && <ReleaseHint nextReleaseAt={product.nextReleaseAt} />}
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
          {buttonText(sale, soldOut && !form.pending, form.quantity)}
          <span className="sr-only"> {product.name}</span>
        </Button>
      </div>
    </div>
  );
}

function buttonText(sale: string, soldOut: boolean, quantity: number): string {
  if (sale !== 'open') return sale === 'upcoming' ? 'Not open yet' : 'Sale over';
  if (soldOut) return 'Sold out';
  return quantity > 1 ? `Reserve ${quantity}` : 'Reserve';
}
