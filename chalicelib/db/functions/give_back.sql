-- Return units of ended holds to the slot they came from. The holds have been ended by this transaction.
-- Keeps first_lapse_at exact: it is computed after the slot is locked, because a reserve of this slot that was under
-- way has then been committed, and can be seen.
CREATE OR REPLACE FUNCTION give_back(p_product_id uuid, p_slot smallint, p_units integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    bound timestamptz;
BEGIN
    PERFORM lock_slot(p_product_id, p_slot);
    SELECT first_lapse_at INTO bound FROM stock WHERE product_id = p_product_id AND slot = p_slot;
    UPDATE stock
    SET available = available + p_units,
        first_lapse_at = coalesce((
            SELECT expires_at FROM reservations
            WHERE product_id = p_product_id AND slot = p_slot AND status = 'ACTIVE' AND expires_at >= bound
            ORDER BY expires_at LIMIT 1
        ), 'infinity')
    WHERE product_id = p_product_id AND slot = p_slot;
END
$$;
