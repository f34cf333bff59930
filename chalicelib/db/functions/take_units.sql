-- Take units out of one stock row for a new hold of p_hold_seconds, whatever that needs: wait in line, take the place of
-- lapsed holds, gather scattered units. p_slot is the slot to try first and p_available what it had a moment ago.
-- Returns the slot, or NULL if the product has too few units, lapsed holds included. Takes no row lock in that case.
--
-- Stock rows are locked by their key alone, never by a condition on their units. Postgres keeps the lock of a row that
-- fails its condition when it is read again after a wait; so every lock that this function keeps, it knows of.
CREATE OR REPLACE FUNCTION take_units(
    p_product_id uuid, p_quantity integer, p_hold_seconds integer, p_slot smallint, p_available integer
) RETURNS smallint
LANGUAGE plpgsql AS $$
DECLARE
    lapse timestamptz := instant_now() + make_interval(secs => p_hold_seconds); -- the new hold lapses no earlier
    moment timestamptz;
    candidates smallint[];
    candidate smallint;
    free integer;
    bound timestamptz;
    lapsed record;
    units integer;
BEGIN
    -- The slot that this connection tries first: without contention while there are as many slots as connections.
    IF p_available >= p_quantity THEN
        UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, lapse)
        WHERE (product_id, slot) = (
            SELECT product_id, slot FROM stock WHERE product_id = p_product_id AND slot = p_slot
            FOR NO KEY UPDATE SKIP LOCKED
        ) AND available >= p_quantity;
        IF FOUND THEN
            RETURN p_slot;
        END IF;
        -- Locked by another, or sold out this instant and now locked by this transaction.
        candidate := p_slot;
        units := lock_slot_if_free(p_product_id, p_slot);
    END IF;

    FOR attempt IN 1..100 LOOP
        IF units < p_quantity THEN
            RAISE EXCEPTION 'A slot was sold out meanwhile.' USING ERRCODE = 'serialization_failure';
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
            -- Any slot with enough that nobody has locked.
            SELECT slot, available INTO candidate, units FROM stock
            WHERE product_id = p_product_id AND slot = ANY (candidates)
            ORDER BY random() LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;
            CONTINUE WHEN FOUND;
            -- All of them are locked, which does not mean empty: wait for one in line.
            candidate := CASE WHEN p_slot = ANY (candidates) THEN p_slot
                              ELSE candidates[1 + floor(random() * cardinality(candidates))::integer] END;
            BEGIN
                IF lock_slot(p_product_id, candidate) < p_quantity THEN
                    RAISE EXCEPTION USING ERRCODE = 'FS001'; -- gives the lock back
                END IF;
                UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, lapse)
                WHERE product_id = p_product_id AND slot = candidate;
                RETURN candidate;
            EXCEPTION WHEN SQLSTATE 'FS001' THEN
                CONTINUE;
            END;
        END IF;

        -- No slot has enough. A single lapsed hold may: its place is taken, and the stock row gets only the rest back.
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

        -- Enough, but scattered over slots and lapsed holds.
        candidate := gather(p_product_id, p_quantity, bound);
        IF candidate IS NULL THEN
            RAISE EXCEPTION 'Others took the units meanwhile.' USING ERRCODE = 'serialization_failure';
        END IF;
        units := p_quantity;
    END LOOP;
    RAISE EXCEPTION 'Others were quicker a hundred times.' USING ERRCODE = 'lock_not_available';
END
$$;
