-- Reserve units of a product for a shopper, in one call. `outcome` is one of:
--   'reserved'      `reservation` is new
--   'replayed'      an earlier request with the same idempotency key and the same content made `reservation`; `refusal`
--                   has its extendable_at
--   'key-mismatch'  an earlier request used the idempotency key with another product or quantity
--   'not-found'     there is no such product
--   'refused'       `refusal` has the reason; nothing was reserved, and the idempotency key can be used again
-- p_max_active_holds and p_lapses_before_cooldown may be NULL: no limit. p_hold_seconds applies to products that have
-- no hold length.
--
-- Each statement, and each expression of PL/pgSQL, costs a few microseconds of every reserve. So what only a returning
-- shopper needs (the earlier request, the usage) is skipped for a shopper without reservations.
CREATE OR REPLACE FUNCTION reserve(
    p_product_id uuid, p_quantity integer, p_shopper_id uuid, p_key text,
    p_hold_seconds integer, p_max_extensions integer,
    p_max_active_holds integer, p_lapses_before_cooldown integer, p_cooldown_seconds integer,
    OUT outcome text, OUT refusal jsonb, OUT reservation reservation_now
)
LANGUAGE plpgsql AS $$
DECLARE
    anonymous CONSTANT boolean := p_shopper_id = '00000000-0000-0000-0000-000000000000';
    returning_shopper boolean := false;
    product record;
    usage record;
    moment timestamptz;
    lapse timestamptz;
    taken smallint;
BEGIN
    IF NOT anonymous THEN
        IF NOT pg_try_advisory_xact_lock(lock_number(p_shopper_id)) THEN
            PERFORM wait_for_shopper(p_shopper_id);
        END IF;
        -- The waiting lists first: an entry may become a reservation between the two looks.
        returning_shopper := EXISTS (SELECT FROM waiters WHERE shopper_id = p_shopper_id AND status = 'WAITING');
        IF NOT returning_shopper THEN
            -- In the order of the index, which is then used even where most reservations are anonymous.
            PERFORM FROM reservations WHERE shopper_id = p_shopper_id ORDER BY created_at DESC LIMIT 1;
            returning_shopper := FOUND;
        END IF;
    ELSIF p_key IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(p_key, 1));
    END IF;

    IF p_key IS NOT NULL AND (anonymous OR returning_shopper) THEN
        SELECT * INTO reservation FROM earlier_request(p_shopper_id, p_key);
        IF FOUND THEN
            outcome := CASE WHEN (reservation.product_id, reservation.quantity) = (p_product_id, p_quantity)
                            THEN 'replayed' ELSE 'key-mismatch' END;
            refusal := jsonb_build_object('extendable_at', extendable_at(reservation));
            RETURN;
        END IF;
    END IF;

    SELECT name, price, slots, coalesce(hold_seconds, p_hold_seconds) AS hold_seconds,
           max_per_shopper, sale_starts_at, sale_end(sale_ends_at, retired_at, paused) AS sale_ends_at
    INTO product FROM products WHERE id = p_product_id;
    IF NOT FOUND THEN
        outcome := 'not-found';
        RETURN;
    END IF;

    moment := instant_now();
    IF returning_shopper THEN
        SELECT * INTO usage FROM shopper_usage(p_shopper_id, p_product_id, moment);
        refusal := coalesce(
            product_refusal(product.sale_starts_at, product.sale_ends_at, product.max_per_shopper,
                            moment, p_quantity, usage.units, usage.hold_id),
            hoarding_refusal(usage.lapses, usage.last_lapse, usage.active_holds, moment,
                             p_max_active_holds, p_lapses_before_cooldown, p_cooldown_seconds));
    ELSE
        refusal := product_refusal(product.sale_starts_at, product.sale_ends_at, product.max_per_shopper,
                                   moment, p_quantity, 0, NULL);
    END IF;
    IF refusal IS NULL THEN
        -- Each connection takes from a slot of its own while that slot has enough, so connections rarely meet. Where
        -- they do, one of them passes over the locked slot.
        lapse := moment + make_interval(secs => product.hold_seconds); -- the new hold lapses no earlier
        UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, lapse)
        WHERE (product_id, slot) = (
            SELECT product_id, slot FROM stock
            WHERE product_id = p_product_id AND slot = pg_backend_pid() % product.slots AND available >= p_quantity
            FOR NO KEY UPDATE SKIP LOCKED
        )
        RETURNING slot INTO taken;
        IF taken IS NULL THEN
            taken := take_units_anywhere(p_product_id, p_quantity, product.hold_seconds);
            product.sale_ends_at := ( -- the sale may have been paused during the wait
                SELECT sale_end(sale_ends_at, retired_at, paused) FROM products WHERE id = p_product_id
            );
        END IF;
        IF taken IS NULL THEN
            SELECT jsonb_build_object('reason', 'insufficient-stock', 'available', available_stock,
                                      'next_release_at', next_release_at)
            INTO refusal FROM product_now WHERE id = p_product_id;
        ELSE
            -- Read the clock after the last wait for a lock, so that the hold has its whole length.
            moment := instant_now();
            IF moment >= product.sale_ends_at THEN
                UPDATE stock SET available = available + p_quantity WHERE product_id = p_product_id AND slot = taken;
                refusal := product_refusal(product.sale_starts_at, product.sale_ends_at, NULL,
                                           moment, p_quantity, 0, NULL);
            END IF;
        END IF;
    END IF;
    IF refusal IS NOT NULL THEN
        outcome := 'refused';
        refusal := refusal || jsonb_build_object('product_name', product.name);
        RETURN;
    END IF;

    lapse := moment + make_interval(secs => product.hold_seconds);
    INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at,
                              extensions_left, idempotency_key)
    VALUES (p_product_id, taken, p_shopper_id, p_quantity, product.price, moment, lapse, p_max_extensions, p_key)
    RETURNING id, product_id, product.name, shopper_id, quantity, unit_price, status, created_at, expires_at, ended_at,
              extensions_left, replaces
    INTO reservation;
    outcome := 'reserved';
END
$$;
