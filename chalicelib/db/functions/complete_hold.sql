-- ACTIVE → COMPLETED, if the reservation is the shopper's and its hold has not lapsed.
-- Returns the reservation as it reads afterwards, or no row if the shopper has no reservation with this id.
CREATE OR REPLACE FUNCTION complete_hold(p_reservation_id uuid, p_shopper_id uuid) RETURNS SETOF reservation_now
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_shopper(p_shopper_id);
    PERFORM lock_reservation(p_reservation_id);
    UPDATE reservations SET status = 'COMPLETED', ended_at = clock.now, ended_by = 'shopper'
    FROM (SELECT instant_now() AS now) AS clock
    WHERE id = p_reservation_id AND shopper_id = p_shopper_id AND status = 'ACTIVE' AND clock.now < expires_at;
    RETURN QUERY SELECT * FROM reservation_now WHERE id = p_reservation_id AND shopper_id = p_shopper_id;
END
$$;
