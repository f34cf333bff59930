-- Take units from one slot for a new hold of p_hold_seconds. p_slot is the slot to try first, and p_available is the
-- number of units that the caller has just read there. The steps, each only if the one before finds nothing:
--   1. the slot p_slot, if no other transaction has locked it
--   2. any unlocked slot with enough units
--   3. wait in line for a locked slot with enough units
--   4. take over the units of one lapsed hold
--   5. gather units from several slots and lapsed holds
-- Returns the slot, or NULL if the product has too few units, lapsed holds included. Has locked no row if it returns
-- NULL.
--
-- Stock rows are locked by key only, without a condition on their units. If a row fails a condition after a wait,
-- Postgres returns no row but keeps its lock; the function would then hold a lock that it does not know of.
CREATE OR REPLACE FUNCTION take_units(
    p_product_id uuid, p_quantity integer, p_hold_seconds integer, p_slot smallint, p_available integer
) RETURNS smallint
LANGUAGE plpgsql AS $$
DECLARE
    lapse timestamptz := instant_now() + make_interval(secs => p_hold_seconds); -- a lower bound of the new hold's lapse
    moment timestamptz;
    candidates smallint[];
    candidate smallint;
    free integer;
    bound timestamptz;
    lapsed record;
    units integer;
BEGIN
    -- Each connection starts at another slot, so that connections rarely meet.
    IF p_available >= p_quantity THEN
        UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, lapse)
        WHERE (product_id, slot) = (
            SELECT product_id, slot FROM stock WHERE product_id = p_product_id AND slot = p_slot
            FOR NO KEY UPDATE SKIP LOCKED
        ) AND available >= p_quantity;
        IF FOUND THEN
            RETURN p_slot;
        END IF;
        -- Either another transaction has locked the slot, or it was sold out meanwhile and this transaction has locked
        -- it.
        candidate := p_slot;
        units := lock_slot_if_free(p_product_id, p_slot);
    END IF;

    FOR attempt IN 1..100 LOOP
        IF units < p_quantity THEN
            RAISE EXCEPTION 'The slot was sold out meanwhile.' USING ERRCODE = 'serialization_failure';
        END IF;
        IF units IS NOT NULL THEN
            UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, lapse)
            WHERE product_id = p_product_id AND slot = candidate;
            RETURN candidate;
        END IF;

        SELECT array_agg(slot) FILTER (WHERE available >= p_quantity), sum(available), min(first_lapse_at)
        INTO candidates, free, bound
        FROM stock WHERE product_id = p_product_id;

        IF candidates IS NOT NULL THEN
            -- Any slot with enough units that no other transaction has locked.
            SELECT slot, available INTO candidate, units FROM stock
            WHERE product_id = p_product_id AND slot = ANY (candidates)
            ORDER BY random() LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;
            CONTINUE WHEN FOUND;
            -- All of these slots are locked, but they have units: wait in line for one of them.
            candidate := CASE WHEN p_slot = ANY (candidates) THEN p_slot
                              ELSE candidates[1 + floor(random() * cardinality(candidates))::integer] END;
            BEGIN
                IF lock_slot(p_product_id, candidate) < p_quantity THEN
                    RAISE EXCEPTION USING ERRCODE = 'FS001'; -- releases the lock
                END IF;
                UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, lapse)
                WHERE product_id = p_product_id AND slot = candidate;
                RETURN candidate;
            EXCEPTION WHEN SQLSTATE 'FS001' THEN
                CONTINUE;
            END;
        END IF;

        -- No slot has enough units. If one lapsed hold has, take over its units and return only the rest to the slot.
        moment := instant_now();
        IF bound <= moment THEN
            SELECT id, slot, quantity INTO lapsed FROM reservations
            WHERE product_id = p_product_id AND status = 'ACTIVE' AND expires_at BETWEEN bound AND moment
              AND quantity >= p_quantity
            ORDER BY expires_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;
            IF FOUND THEN
                PERFORM lock_slot(p_product_id, lapsed.slot);
                UPDATE reservations SET status = 'EXPIRED', ended_at = instant_now(), ended_by = 'reclaim'
                WHERE id = lapsed.id;
                UPDATE stock SET available = available + lapsed.quantity - p_quantity,
                                 first_lapse_at = least(first_lapse_at, lapse)
                WHERE product_id = p_product_id AND slot = lapsed.slot;
                RETURN lapsed.slot;
            END IF;
            SELECT available_stock INTO free FROM product_now WHERE id = p_product_id;
        END IF;
        IF free < p_quantity THEN
            RETURN NULL;
        END IF;

        -- There are enough units, but in several slots and lapsed holds.
        candidate := gather(p_product_id, p_quantity, bound);
        IF candidate IS NULL THEN
            RAISE EXCEPTION 'Other transactions took the units meanwhile.' USING ERRCODE = 'serialization_failure';
        END IF;
        units := p_quantity;
    END LOOP;
    RAISE EXCEPTION 'Other transactions took the units in each of 100 attempts.' USING ERRCODE = 'lock_not_available';
END
$$;
