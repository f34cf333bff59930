-- Reserve units of a product for a shopper, in one call. `outcome` is one of:
--   'reserved'      `reservation` is new
--   'replayed'      an earlier request with the same idempotency key and the same content made `reservation`
--   'key-mismatch'  an earlier request used the idempotency key with another product or quantity
--   'not-found'     there is no such product
--   'refused'       `refusal` has the reason; nothing was changed, and the idempotency key can be used again
-- p_max_active_holds and p_lapses_before_cooldown may be NULL: no limit. p_hold_seconds applies to products that have
-- no hold length.
CREATE OR REPLACE FUNCTION reserve(
    p_product_id uuid, p_quantity integer, p_shopper_id uuid, p_key text,
    p_hold_seconds integer, p_max_extensions integer,
    p_max_active_holds integer, p_lapses_before_cooldown integer, p_cooldown_seconds integer,
    OUT outcome text, OUT refusal jsonb, OUT reservation reservation_now
)
LANGUAGE plpgsql AS $$
DECLARE
    anonymous CONSTANT boolean := p_shopper_id = '00000000-0000-0000-0000-000000000000';
    product record;
    usage record;
    moment timestamptz;
    taken smallint;
    hold_seconds integer;
BEGIN
    IF NOT anonymous THEN
        PERFORM pg_advisory_xact_lock(lock_number(p_shopper_id));
    ELSIF p_key IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(p_key, 1));
    END IF;

    IF p_key IS NOT NULL THEN
        SELECT earlier.* INTO reservation
        FROM idempotency_keys AS used JOIN reservation_now AS earlier ON earlier.id = used.reservation_id
        WHERE used.shopper_id = p_shopper_id AND used.key = p_key;
        IF FOUND THEN
            outcome := CASE WHEN (reservation.product_id, reservation.quantity) = (p_product_id, p_quantity)
                            THEN 'replayed' ELSE 'key-mismatch' END;
            RETURN;
        END IF;
    END IF;

    SELECT p.name, p.price, p.hold_seconds, p.max_per_shopper, p.sale_starts_at,
           least(p.sale_ends_at, p.retired_at) AS sale_ends_at, s.slot, s.available
    INTO product
    FROM products AS p LEFT JOIN stock AS s ON s.product_id = p.id AND s.slot = pg_backend_pid() % p.slots
    WHERE p.id = p_product_id;
    IF NOT FOUND THEN
        outcome := 'not-found';
        RETURN;
    END IF;

    moment := instant_now();
    IF anonymous THEN
        refusal := product_refusal(product.sale_starts_at, product.sale_ends_at, product.max_per_shopper,
                                   moment, p_quantity, 0, NULL);
    ELSE
        SELECT * INTO usage FROM shopper_usage(p_shopper_id, p_product_id, moment);
        refusal := coalesce(
            product_refusal(product.sale_starts_at, product.sale_ends_at, product.max_per_shopper,
                            moment, p_quantity, usage.units, usage.hold_id),
            hoarding_refusal(usage.lapses, usage.last_lapse, usage.active_holds, moment,
                             p_max_active_holds, p_lapses_before_cooldown, p_cooldown_seconds));
    END IF;
    IF refusal IS NULL THEN
        hold_seconds := coalesce(product.hold_seconds, p_hold_seconds);
        taken := take_units(p_product_id, p_quantity, hold_seconds, product.slot, product.available);
        IF taken IS NULL THEN
            SELECT jsonb_build_object('reason', 'insufficient-stock', 'available', available_stock,
                                      'next_release_at', next_release_at)
            INTO refusal FROM product_now WHERE id = p_product_id;
        END IF;
    END IF;
    IF refusal IS NOT NULL THEN
        outcome := 'refused';
        refusal := refusal || jsonb_build_object('product_name', product.name);
        RETURN;
    END IF;

    -- Read the clock after the last wait for a lock, so that the hold has its whole length.
    moment := instant_now();
    INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at, extensions_left)
    VALUES (p_product_id, taken, p_shopper_id, p_quantity, product.price, moment,
            moment + make_interval(secs => hold_seconds), p_max_extensions)
    RETURNING reservations.id, reservations.product_id, product.name, reservations.shopper_id, reservations.quantity,
              reservations.unit_price, reservations.status, reservations.created_at, reservations.expires_at,
              reservations.ended_at, reservations.extensions_left, reservations.replaces
    INTO reservation;
    IF p_key IS NOT NULL THEN
        INSERT INTO idempotency_keys (shopper_id, key, reservation_id, created_at)
        VALUES (p_shopper_id, p_key, reservation.id, moment)
        ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN -- by the previous version's code, which takes no lock for the key: try again
            RAISE EXCEPTION 'The idempotency key was used meanwhile.' USING ERRCODE = 'serialization_failure';
        END IF;
    END IF;
    outcome := 'reserved';
END
$$;
