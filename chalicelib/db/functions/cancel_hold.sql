-- ACTIVE → CANCELLED, if the reservation is the shopper's and its hold has not lapsed. Its units return to their slot.
-- Returns the reservation as it reads afterwards, or no row if the shopper has no reservation with this id.
CREATE OR REPLACE FUNCTION cancel_hold(p_reservation_id uuid, p_shopper_id uuid) RETURNS SETOF reservation_now
LANGUAGE plpgsql AS $$
DECLARE
    ended record;
BEGIN
    PERFORM lock_reservation(p_reservation_id);
    UPDATE reservations SET status = 'CANCELLED', ended_at = clock.now, ended_by = 'shopper'
    FROM (SELECT instant_now() AS now) AS clock
    WHERE id = p_reservation_id AND shopper_id = p_shopper_id AND status = 'ACTIVE' AND clock.now < expires_at
    RETURNING product_id, slot, quantity INTO ended;
    IF FOUND THEN
        PERFORM give_back(ended.product_id, ended.slot, ended.quantity);
    END IF;
    RETURN QUERY SELECT * FROM reservation_now WHERE id = p_reservation_id AND shopper_id = p_shopper_id;
END
$$;
