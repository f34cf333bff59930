-- ACTIVE → CANCELLED, if the reservation is the shopper's and its hold has not lapsed. Its units go to
-- whoever waits for them, or return to their slot.
-- Returns the reservation as it reads afterwards, or no row if the shopper has no reservation with this id.
CREATE OR REPLACE FUNCTION cancel_hold(p_reservation_id uuid, p_shopper_id uuid) RETURNS SETOF reservation_now
LANGUAGE plpgsql AS $$
DECLARE
    held reservations;
    moment timestamptz;
BEGIN
    PERFORM lock_waiting_list(product_id) FROM reservations WHERE id = p_reservation_id AND shopper_id = p_shopper_id;
    held := locked_reservation(p_reservation_id);
    moment := instant_now();
    IF held.shopper_id = p_shopper_id AND held.status = 'ACTIVE' AND moment < held.expires_at THEN
        UPDATE reservations SET status = 'CANCELLED', ended_at = moment, ended_by = 'shopper'
        WHERE id = p_reservation_id;
        PERFORM give_back(held.product_id, held.slot, held.quantity);
    END IF;
    RETURN QUERY SELECT * FROM reservation_now WHERE id = p_reservation_id AND shopper_id = p_shopper_id;
END
$$;
