-- Settle a payment that the provider has confirmed for a reservation. Each payment is settled once:
--   - If the hold has not lapsed, complete the reservation.
--   - If the hold has lapsed, reserve the same units again and complete the new reservation. A pause, the sale window
--     and the limit per shopper apply. The limit on holds and the cooldown do not, because a paid reservation is not
--     hoarding.
--   - If neither is possible, record the payment for refund.
-- `outcome` is one of:
--   'completed'        `reservation` is the one that the payment completed
--   'refund-required'  `reservation` is the one that the payment was made for
--   'payment-used'     the payment was made for another reservation
--   'not-found'        the shopper has no such reservation
-- A repeated call gives the same outcome.
CREATE OR REPLACE FUNCTION settle_payment(
    p_reservation_id uuid, p_shopper_id uuid, p_reference text, p_amount numeric, p_hold_seconds integer,
    OUT outcome text, OUT reservation reservation_now
)
LANGUAGE plpgsql AS $$
DECLARE
    known payments;
    bought uuid;
BEGIN
    PERFORM lock_shopper(p_shopper_id); -- first: it bounds how many may wait
    PERFORM pg_advisory_xact_lock(lock_number(p_reservation_id)); -- anonymous callers take no shopper lock
    SELECT * INTO reservation FROM reservation_now WHERE id = p_reservation_id AND shopper_id = p_shopper_id;
    IF NOT FOUND THEN
        outcome := 'not-found';
        RETURN;
    END IF;

    SELECT * INTO known FROM payments WHERE reference = p_reference;
    IF NOT FOUND THEN
        IF NOT EXISTS (SELECT FROM payments AS other WHERE other.reservation_id = p_reservation_id
                                                       AND other.outcome = 'SETTLED') THEN
            bought := complete_if_running(p_reservation_id);
            IF bought IS NULL AND is_expired(p_reservation_id) THEN
                bought := buy_again(p_reservation_id, p_hold_seconds);
            END IF;
        END IF;
        INSERT INTO payments (reference, reservation_id, amount, outcome, completed_id)
        VALUES (p_reference, p_reservation_id, p_amount,
                (CASE WHEN bought IS NULL THEN 'REFUND_REQUIRED' ELSE 'SETTLED' END)::payment_outcome, bought)
        ON CONFLICT (reference) DO NOTHING
        RETURNING * INTO known;
        IF NOT FOUND THEN -- another transaction used the payment: roll back and try again
            RAISE EXCEPTION 'Another transaction used the payment meanwhile.' USING ERRCODE = 'serialization_failure';
        END IF;
    END IF;

    IF p_reservation_id NOT IN (known.reservation_id, coalesce(known.completed_id, known.reservation_id)) THEN
        outcome := 'payment-used';
        RETURN;
    END IF;
    outcome := CASE WHEN known.completed_id IS NULL THEN 'refund-required' ELSE 'completed' END;
    SELECT * INTO reservation FROM reservation_now
    WHERE id = coalesce(known.completed_id, p_reservation_id) AND shopper_id = p_shopper_id;
END
$$;

-- Complete a hold that has not lapsed. Return its id, or NULL if it has lapsed or ended. If it returns NULL it has
-- released its lock, so that the caller can take further locks in the lock order.
CREATE OR REPLACE FUNCTION complete_if_running(p_reservation_id uuid) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    held reservations;
    moment timestamptz;
BEGIN
    held := locked_reservation(p_reservation_id);
    moment := instant_now();
    IF held.status <> 'ACTIVE' OR moment >= held.expires_at THEN
        RAISE EXCEPTION USING ERRCODE = 'FS001'; -- releases the lock
    END IF;
    UPDATE reservations SET status = 'COMPLETED', ended_at = moment, ended_by = 'shopper' WHERE id = p_reservation_id;
    RETURN p_reservation_id;
EXCEPTION WHEN SQLSTATE 'FS001' THEN
    RETURN NULL;
END
$$;

-- Return whether a hold has lapsed, even if no job has expired it yet.
CREATE OR REPLACE FUNCTION is_expired(p_reservation_id uuid) RETURNS boolean
LANGUAGE sql VOLATILE
RETURN (
    SELECT status = 'EXPIRED' OR (status = 'ACTIVE' AND expires_at <= instant_now())
    FROM reservations WHERE id = p_reservation_id
);

-- Reserve the units of a lapsed hold again, at its price, and complete the new reservation at once. Return the new
-- reservation's id, or NULL if the stock, a pause, the sale window or the limit per shopper does not allow it.
CREATE OR REPLACE FUNCTION buy_again(p_reservation_id uuid, p_hold_seconds integer) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    lapsed reservations;
    product products;
    usage record;
    moment timestamptz := instant_now();
    taken smallint;
    bought uuid;
BEGIN
    SELECT * INTO lapsed FROM reservations WHERE id = p_reservation_id;
    SELECT * INTO product FROM products WHERE id = lapsed.product_id;
    SELECT * INTO usage FROM shopper_usage(lapsed.shopper_id, lapsed.product_id, moment);
    IF product_refusal(product.sale_starts_at, sale_end(product.sale_ends_at, product.retired_at, product.paused),
                       product.max_per_shopper, moment, lapsed.quantity, usage.units, usage.hold_id) IS NOT NULL THEN
        RETURN NULL;
    END IF;
    taken := take_units_anywhere(lapsed.product_id, lapsed.quantity, coalesce(product.hold_seconds, p_hold_seconds));
    IF taken IS NULL THEN
        RETURN NULL;
    END IF;
    moment := instant_now();
    INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at, replaces)
    VALUES (lapsed.product_id, taken, lapsed.shopper_id, lapsed.quantity, lapsed.unit_price, moment,
            moment + make_interval(secs => coalesce(product.hold_seconds, p_hold_seconds)), lapsed.id)
    RETURNING id INTO bought;
    UPDATE reservations SET status = 'COMPLETED', ended_at = moment, ended_by = 'shopper' WHERE id = bought;
    RETURN bought;
END
$$;
