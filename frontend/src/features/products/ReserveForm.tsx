import type { Product } from '@/api/types';
import { Button } from '@/components/Button';
import { Stepper } from '@/components/Stepper';
import { openPayment } from '@/data/holdDialog';
import { saleState, type SaleState } from '@/data/productState';
import { CardNote } from '@/features/products/CardNote';
import { PayText } from '@/features/products/PayText';
import type { ShopperUnits } from '@/features/products/shopperUnits';
import { isAtLimit } from '@/features/products/stock';
import { useReserveForm, type ReserveForm as Form } from '@/features/products/useReserveForm';
import { useServerTime } from '@/lib/ticker';

interface ReserveFormProps {
  product: Product;
  own: ShopperUnits;
  holds: number;
}

/** Quantity and button. After a reserve request the same button pays for the hold, so the focus can stay where it is. */
export function ReserveForm({ product, own, holds }: ReserveFormProps) {
  const form = useReserveForm(product, own, holds);
  const sale = useServerTime((now) => saleState(product, now));
  const { hold } = own;
  const refusal = knownRefusal(product, own, sale, form);
  const canReserve = refusal === undefined;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex gap-2">
        {canReserve && !hold && <Quantity product={product} form={form} />}
        <Button
          id={`reserve-${product.id}`}
          look="ember"
          className="grow"
          pending={form.pending && !hold}
          unavailable={!hold && (!canReserve || form.cooling)}
          onClick={() => {
            if (hold) openPayment(hold);
            else form.submit();
          }}
        >
          {hold ? <PayText hold={hold} /> : (refusal ?? reserveText(form))}
          <span className="sr-only"> {product.name}</span>
        </Button>
      </div>
      {hold && canReserve && <ReserveMore product={product} form={form} />}
      <CardNote product={product} sale={sale} refused={form.refused} own={own} />
    </div>
  );
}

interface FormProps {
  product: Product;
  form: Form;
}

function Quantity({ product, form }: FormProps) {
  return (
    <Stepper
      label={`Quantity of ${product.name}`}
      value={form.quantity}
      most={form.most}
      onChange={form.setQuantity}
    />
  );
}

function ReserveMore({ product, form }: FormProps) {
  return (
    <div className="flex gap-2">
      <Quantity product={product} form={form} />
      <Button className="grow" pending={form.pending} unavailable={form.cooling} onClick={form.submit}>
        {form.cooling ? 'Please wait' : <MoreText quantity={form.quantity} />}
        <span className="sr-only"> {product.name}</span>
      </Button>
    </div>
  );
}

function MoreText({ quantity }: { quantity: number }) {
  return (
    <span>
      <span className="sr-only">Reserve </span>
      {quantity} more
    </span>
  );
}

const CLOSED = { upcoming: 'Not open yet', paused: 'Paused', over: 'Sale ended' };

/** Why the API would refuse a request now; undefined if nothing is known against it. */
function knownRefusal(
  product: Product,
  own: ShopperUnits,
  sale: SaleState,
  { pending }: Form,
): string | undefined {
  if (sale !== 'open') return CLOSED[sale];
  if (isAtLimit(product, own.held + own.bought) && !pending) return 'Limit reached';
  return product.availableStock === 0 && !pending ? 'Sold out' : undefined;
}

function reserveText({ quantity, cooling }: Form): string {
  if (cooling) return 'Please wait';
  return quantity > 1 ? `Reserve ${quantity}` : 'Reserve';
}
