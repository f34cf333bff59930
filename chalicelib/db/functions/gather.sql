-- Collect units in one slot for an order that no slot and no lapsed hold can serve alone: expires as many lapsed holds
-- as the order may need, the oldest first, and moves available units between slots. Waits for lapsed holds that others
-- work on, because their units are about to be free. Locks as many slots as it needs, the fullest, in slot order.
-- Returns the slot that has at least p_units then; or NULL, with nothing changed and no lock kept, if all slots together
-- have too few. The caller holds no stock row.
CREATE OR REPLACE FUNCTION gather(p_product_id uuid, p_units integer, p_lapsed_since timestamptz) RETURNS smallint
LANGUAGE plpgsql AS $$
DECLARE
    returned jsonb; -- units of the holds expired here, by slot
    chosen smallint[];
    target smallint;
BEGIN
    -- Each hold has at least one unit, so p_units holds are enough.
    returned := expire_lapsed_holds(p_product_id, p_lapsed_since, p_units);

    BEGIN
        SELECT array_agg(slot) INTO chosen
        FROM (
            SELECT slot, sum(units) OVER (ORDER BY units DESC, slot) - units AS before
            FROM (
                SELECT slot, available + coalesce((returned ->> slot::text)::integer, 0) AS units
                FROM stock WHERE product_id = p_product_id
            ) AS with_returned
        ) AS fullest
        WHERE before < p_units OR returned ? slot::text;
        IF lock_slots(p_product_id, chosen) + (SELECT coalesce(sum(value::integer), 0) FROM jsonb_each_text(returned))
           < p_units
        THEN
            RAISE EXCEPTION USING ERRCODE = 'FS001'; -- other transactions took units meanwhile; release the locks
        END IF;
    EXCEPTION WHEN SQLSTATE 'FS001' THEN
        chosen := ARRAY(SELECT slot FROM stock WHERE product_id = p_product_id);
        PERFORM lock_slots(p_product_id, chosen);
    END;

    UPDATE stock SET available = available + (returned ->> slot::text)::integer
    WHERE product_id = p_product_id AND returned ? slot::text;

    target := collect_units(p_product_id, p_units, chosen);
    IF target IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'FS001'; -- gives the holds and the locks back
    END IF;
    RETURN target;
EXCEPTION WHEN SQLSTATE 'FS001' THEN
    RETURN NULL;
END
$$;

-- Expire at most p_limit lapsed holds, the oldest first. Return their units by slot. The caller adds them to the slots.
CREATE OR REPLACE FUNCTION expire_lapsed_holds(p_product_id uuid, p_lapsed_since timestamptz, p_limit integer)
RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz := instant_now();
    returned jsonb;
BEGIN
    WITH lapsed AS MATERIALIZED (
        SELECT id FROM reservations
        WHERE product_id = p_product_id AND status = 'ACTIVE' AND expires_at BETWEEN p_lapsed_since AND moment
        ORDER BY expires_at, id LIMIT p_limit
        FOR NO KEY UPDATE
    ), ended AS (
        UPDATE reservations SET status = 'EXPIRED', ended_at = instant_now(), ended_by = 'reclaim'
        FROM lapsed WHERE reservations.id = lapsed.id
        RETURNING reservations.slot, reservations.quantity
    )
    SELECT coalesce(jsonb_object_agg(slot, units), '{}') INTO returned
    FROM (SELECT slot, sum(quantity) AS units FROM ended GROUP BY slot) AS by_slot;
    RETURN returned;
END
$$;

-- Move available units between slots that this transaction has locked, until the fullest has p_units. Return that slot;
-- or NULL, with nothing changed, if the slots have too few together.
CREATE OR REPLACE FUNCTION collect_units(p_product_id uuid, p_units integer, p_slots smallint[]) RETURNS smallint
LANGUAGE plpgsql AS $$
DECLARE
    target smallint;
BEGIN
    SELECT slot INTO target FROM stock
    WHERE product_id = p_product_id AND slot = ANY (p_slots) ORDER BY available DESC, slot LIMIT 1;
    IF target IS NULL
       OR (SELECT sum(available) FROM stock WHERE product_id = p_product_id AND slot = ANY (p_slots)) < p_units
    THEN
        RETURN NULL;
    END IF;
    WITH shares AS ( -- the units that each slot contributes, the target first
        SELECT slot, least(available, greatest(0, p_units - (
                   sum(available) OVER (ORDER BY slot <> target, available DESC, slot) - available
               ))) AS units
        FROM stock WHERE product_id = p_product_id AND slot = ANY (p_slots)
    ), moves AS (
        SELECT slot, CASE slot WHEN target THEN p_units - units ELSE -units END AS units FROM shares
    )
    UPDATE stock SET total = total + moves.units, available = available + moves.units
    FROM moves
    WHERE stock.product_id = p_product_id AND stock.slot = moves.slot AND moves.units <> 0;
    RETURN target;
END
$$;
