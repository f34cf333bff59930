-- Take units out of one stock row for a new hold of p_hold_seconds, whatever that needs: find a slot with enough, wait in
-- line for it, take the place of lapsed holds, gather scattered units. Returns the slot, or NULL if the product has too
-- few units, lapsed holds included.
--
-- A statement that locks rows by a condition may lock a row that fails the condition by then: Postgres returns no row but
-- keeps the lock. The system column xmax shows the rows that this transaction has locked. While it keeps such a lock, it
-- must not wait for another row.
CREATE OR REPLACE FUNCTION take_units_anywhere(p_product_id uuid, p_quantity integer, p_hold_seconds integer)
RETURNS smallint
LANGUAGE plpgsql AS $$
DECLARE
    lapse timestamptz := instant_now() + make_interval(secs => p_hold_seconds); -- the new hold lapses no earlier
    taken smallint;
    candidates smallint[];
    free integer;
    bound timestamptz;
    keeps_locks boolean;
BEGIN
    FOR attempt IN 1..100 LOOP
        -- Any slot with enough units that no other transaction has locked.
        UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, lapse)
        WHERE (product_id, slot) = (
            SELECT product_id, slot FROM stock WHERE product_id = p_product_id AND available >= p_quantity
            ORDER BY random() LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
        )
        RETURNING slot INTO taken;
        IF taken IS NOT NULL THEN
            RETURN taken;
        END IF;

        SELECT array_agg(slot) FILTER (WHERE available >= p_quantity), coalesce(sum(available), 0), min(first_lapse_at),
               coalesce(bool_or(xmax = pg_current_xact_id_if_assigned()::xid), false)
        INTO candidates, free, bound, keeps_locks
        FROM stock WHERE product_id = p_product_id;
        IF candidates IS NULL AND free < p_quantity AND bound > instant_now() THEN
            RETURN NULL;
        END IF;
        IF keeps_locks THEN
            RAISE EXCEPTION 'A slot was sold out meanwhile.' USING ERRCODE = 'serialization_failure';
        END IF;

        IF candidates IS NOT NULL THEN
            -- All of them are locked, which does not mean empty: wait for one in line.
            taken := candidates[1 + floor(random() * cardinality(candidates))::integer];
            BEGIN
                IF lock_slot(p_product_id, taken) < p_quantity THEN
                    RAISE EXCEPTION USING ERRCODE = 'FS001'; -- releases the lock
                END IF;
                UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, lapse)
                WHERE product_id = p_product_id AND slot = taken;
                RETURN taken;
            EXCEPTION WHEN SQLSTATE 'FS001' THEN
                CONTINUE;
            END;
        END IF;

        -- No slot has enough. Units of lapsed holds are for those who wait, and what they leave is for this shopper.
        IF lock_waiting_list(p_product_id) THEN
            RETURN take_after_waiters(p_product_id, p_quantity, bound, lapse);
        END IF;
        -- Nobody waits. A single lapsed hold may have enough; if none does, units of several and of several slots may.
        taken := replace_lapsed_hold(p_product_id, p_quantity, bound, lapse);
        IF taken IS NOT NULL THEN
            RETURN taken;
        END IF;
        SELECT * INTO free, bound FROM units_within_reach(p_product_id);
        IF free < p_quantity THEN
            RETURN NULL;
        END IF;
        taken := gather(p_product_id, p_quantity, bound);
        IF taken IS NOT NULL THEN -- NULL: others took some meanwhile
            UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, lapse)
            WHERE product_id = p_product_id AND slot = taken;
            RETURN taken;
        END IF;
    END LOOP;
    RAISE EXCEPTION 'Other transactions took the units in each of 100 attempts.' USING ERRCODE = 'lock_not_available';
END
$$;

-- Take the place of the oldest lapsed hold that has enough units and that nobody works on: expire it, and give its stock
-- row only the rest back. Returns the slot, or NULL if there is no such hold; then nothing is changed or locked.
CREATE OR REPLACE FUNCTION replace_lapsed_hold(
    p_product_id uuid, p_quantity integer, p_lapsed_since timestamptz, p_lapse timestamptz
) RETURNS smallint
LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz := instant_now();
    lapsed record;
BEGIN
    SELECT id, slot, quantity INTO lapsed FROM reservations
    WHERE product_id = p_product_id AND status = 'ACTIVE' AND expires_at BETWEEN p_lapsed_since AND moment
      AND quantity >= p_quantity
    ORDER BY expires_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'FS001'; -- gives the locks of holds back that others ended meanwhile
    END IF;
    PERFORM lock_slot(p_product_id, lapsed.slot);
    UPDATE reservations SET status = 'EXPIRED', ended_at = instant_now(), ended_by = 'reclaim' WHERE id = lapsed.id;
    UPDATE stock SET available = available + lapsed.quantity - p_quantity, first_lapse_at = least(first_lapse_at, p_lapse)
    WHERE product_id = p_product_id AND slot = lapsed.slot;
    RETURN lapsed.slot;
EXCEPTION WHEN SQLSTATE 'FS001' THEN
    RETURN NULL;
END
$$;

-- Expire the lapsed holds of a product, hand their units over to those who wait, and take p_quantity of what is left.
-- Returns the slot, or NULL if too little is left; what was handed over stays so. The caller has locked the waiting list
-- and holds no stock row.
CREATE OR REPLACE FUNCTION take_after_waiters(
    p_product_id uuid, p_quantity integer, p_lapsed_since timestamptz, p_lapse timestamptz
) RETURNS smallint
LANGUAGE plpgsql AS $$
DECLARE
    returned jsonb := expire_lapsed_holds(p_product_id, p_lapsed_since, 500);
    chosen smallint[] := ARRAY(
        SELECT slot FROM stock WHERE product_id = p_product_id AND (available > 0 OR returned ? slot::text)
    );
    taken smallint;
BEGIN
    PERFORM lock_slots(p_product_id, chosen);
    UPDATE stock SET available = available + (returned ->> slot::text)::integer
    WHERE product_id = p_product_id AND returned ? slot::text;
    PERFORM hand_over(p_product_id);
    taken := collect_units(p_product_id, p_quantity, chosen);
    UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, p_lapse)
    WHERE product_id = p_product_id AND slot = taken;
    RETURN taken;
END
$$;
