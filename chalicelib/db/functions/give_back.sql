-- Return the units of ended holds to their slot, and hand them over if somebody waits. This transaction has locked the
-- waiting list and has ended the holds.
-- Recomputes first_lapse_at after the slot is locked: each earlier reserve from this slot has committed by then, so its
-- hold is visible.
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
    IF somebody_waits(p_product_id) THEN
        PERFORM hand_over(p_product_id);
    END IF;
END
$$;
