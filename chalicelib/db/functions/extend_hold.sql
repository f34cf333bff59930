-- Extend an ACTIVE hold by its original length, if the reservation is the shopper's, the hold can be extended by now
-- (extendable_at) but has not lapsed, and an extension is left (reservation_now). The hold never lasts longer than
-- p_longest_seconds from its creation. `seconds_left` is the time until the new lapse, or NULL if the hold was not
-- extended.
-- Returns the reservation as it reads afterwards, or no row if the shopper has no reservation with this id. What it
-- reads tells why the hold was not extended: it is not ACTIVE, no extension is left, it lasts as long as it may, or
-- else it was too early.
CREATE OR REPLACE FUNCTION extend_hold(p_reservation_id uuid, p_shopper_id uuid, p_longest_seconds integer)
RETURNS TABLE (seconds_left double precision, reservation reservation_now)
LANGUAGE plpgsql AS $$
DECLARE
    held reservations;
    moment timestamptz;
    until timestamptz;
BEGIN
    PERFORM lock_shopper(p_shopper_id);
    held := locked_reservation(p_reservation_id);
    moment := instant_now();
    SELECT * INTO reservation FROM reservation_now WHERE id = p_reservation_id AND shopper_id = p_shopper_id;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    until := least(held.expires_at + original_length(held),
                   held.created_at + make_interval(secs => p_longest_seconds));
    IF reservation.extensions_left > 0 AND moment >= extendable_at(reservation) AND moment < held.expires_at
       AND until > held.expires_at THEN
        UPDATE reservations
        SET extensions = held.extensions + 1, extensions_left = held.extensions_left - 1, expires_at = until
        WHERE id = p_reservation_id
        RETURNING extract(epoch FROM expires_at - moment)::double precision INTO seconds_left;
        SELECT * INTO reservation FROM reservation_now WHERE id = p_reservation_id;
    ELSIF reservation.status = 'ACTIVE' AND moment >= held.expires_at THEN
        -- It lapsed while this call waited; the view compares with the instant at which the call began.
        reservation.status := 'EXPIRED';
        reservation.ended_at := reservation.expires_at;
        reservation.extensions_left := 0;
    END IF;
    RETURN NEXT;
END
$$;
