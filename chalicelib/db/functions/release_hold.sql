-- ACTIVE → CANCELLED by an admin, if the hold has not lapsed. Its units return to their slot, and the change is recorded.
-- Returns the reservation as it reads afterwards and who ended it, or no row if there is no reservation with this id.
CREATE OR REPLACE FUNCTION release_hold(p_reservation_id uuid, p_made_by text)
RETURNS TABLE (ended_by text, reservation reservation_now)
LANGUAGE plpgsql AS $$
DECLARE
    held reservations;
    moment timestamptz;
BEGIN
    PERFORM lock_waiting_list(product_id) FROM reservations WHERE id = p_reservation_id;
    held := locked_reservation(p_reservation_id);
    moment := instant_now();
    IF held.status = 'ACTIVE' AND moment < held.expires_at THEN
        UPDATE reservations SET status = 'CANCELLED', ended_at = moment, ended_by = 'admin' WHERE id = p_reservation_id;
        PERFORM give_back(held.product_id, held.slot, held.quantity);
        INSERT INTO admin_changes (made_by, product_id, action, details)
        VALUES (p_made_by, held.product_id, 'release',
                jsonb_build_object('reservationId', held.id, 'quantity', held.quantity));
    END IF;
    RETURN QUERY
        SELECT made.ended_by, listed FROM reservation_now AS listed JOIN reservations AS made ON made.id = listed.id
        WHERE listed.id = p_reservation_id;
END
$$;
