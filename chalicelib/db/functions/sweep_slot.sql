-- ACTIVE → EXPIRED for at most p_limit lapsed holds of one slot, the oldest first. Their units return to the slot.
-- Skips holds that other transactions have locked. Returns the ids of the expired reservations.
CREATE OR REPLACE FUNCTION sweep_slot(p_product_id uuid, p_slot smallint, p_limit integer) RETURNS uuid[]
LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz;
    ids uuid[];
    units integer;
BEGIN
    PERFORM lock_waiting_list(p_product_id);
    PERFORM do_not_wait_for_disk();
    moment := instant_now();
    WITH lapsed AS MATERIALIZED (
        SELECT id FROM reservations
        WHERE product_id = p_product_id AND slot = p_slot AND status = 'ACTIVE' AND expires_at <= moment
        ORDER BY expires_at, id LIMIT p_limit
        FOR NO KEY UPDATE SKIP LOCKED
    ), ended AS (
        UPDATE reservations SET status = 'EXPIRED', ended_at = instant_now(), ended_by = 'sweep'
        FROM lapsed WHERE reservations.id = lapsed.id
        RETURNING reservations.id, reservations.quantity
    )
    SELECT coalesce(array_agg(id), '{}'), coalesce(sum(quantity), 0) INTO ids, units FROM ended;
    PERFORM give_back(p_product_id, p_slot, units);
    RETURN ids;
END
$$;
