-- Take units out of one stock row for a new hold of p_hold_seconds, whatever that needs: find a slot with enough, wait in
-- line for it, take the place of lapsed holds, gather scattered units. p_keeps_locks says whether the transaction may
-- have locked a slot already. Returns the slot, or NULL if the product has too few units, lapsed holds included.
--
-- Stock rows are locked by key only here, without a condition on their units. If a row fails a condition after a wait,
-- Postgres returns no row but keeps its lock; the function would then hold a lock that it does not know of.
CREATE OR REPLACE FUNCTION take_units_anywhere(
    p_product_id uuid, p_quantity integer, p_hold_seconds integer, p_keeps_locks boolean
) RETURNS smallint
LANGUAGE plpgsql AS $$
DECLARE
    lapse timestamptz := instant_now() + make_interval(secs => p_hold_seconds); -- the new hold lapses no earlier
    keeps_locks boolean := p_keeps_locks; -- of slots that have too few units: then this transaction must not wait
    candidates smallint[];
    candidate smallint;
    free integer;
    bound timestamptz;
    units integer;
BEGIN
    FOR attempt IN 1..100 LOOP
        IF units >= p_quantity THEN
            UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, lapse)
            WHERE product_id = p_product_id AND slot = candidate;
            RETURN candidate;
        END IF;
        keeps_locks := keeps_locks OR units IS NOT NULL; -- of a slot that was sold out this instant

        SELECT array_agg(slot) FILTER (WHERE available >= p_quantity), coalesce(sum(available), 0), min(first_lapse_at)
        INTO candidates, free, bound
        FROM stock WHERE product_id = p_product_id;

        IF candidates IS NOT NULL THEN
            -- Any slot with enough units that no other transaction has locked.
            SELECT slot, available INTO candidate, units FROM stock
            WHERE product_id = p_product_id AND slot = ANY (candidates)
            ORDER BY random() LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;
            CONTINUE WHEN FOUND;
            IF keeps_locks THEN
                RAISE EXCEPTION 'A slot was sold out meanwhile.' USING ERRCODE = 'serialization_failure';
            END IF;
            -- All of them are locked, which does not mean empty: wait for one in line.
            candidate := candidates[1 + floor(random() * cardinality(candidates))::integer];
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

        -- No slot has enough. A single lapsed hold may; if none does, units of several and of several slots may.
        IF bound > instant_now() AND free < p_quantity THEN
            RETURN NULL;
        END IF;
        IF keeps_locks THEN
            RAISE EXCEPTION 'A slot was sold out meanwhile.' USING ERRCODE = 'serialization_failure';
        END IF;
        candidate := replace_lapsed_hold(p_product_id, p_quantity, bound, lapse);
        IF candidate IS NOT NULL THEN
            RETURN candidate;
        END IF;
        SELECT * INTO free, bound FROM units_within_reach(p_product_id);
        IF free < p_quantity THEN
            RETURN NULL;
        END IF;
        candidate := gather(p_product_id, p_quantity, bound);
        units := CASE WHEN candidate IS NOT NULL THEN p_quantity END; -- NULL: others took some meanwhile
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
