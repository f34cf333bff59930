-- Extend an ACTIVE hold by its original length, if the reservation is the shopper's, the hold has not lapsed and an
-- extension is left. The hold never lasts longer than p_longest_seconds from its creation. `seconds_left` is the time
-- until the new lapse, or NULL if the hold was not extended.
-- Returns the reservation as it reads afterwards, or no row if the shopper has no reservation with this id.
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
    until := least(held.expires_at + (held.expires_at - held.created_at) / (held.extensions + 1),
                   held.created_at + make_interval(secs => p_longest_seconds));
    IF held.shopper_id = p_shopper_id AND held.status = 'ACTIVE' AND moment < held.expires_at
       AND held.extensions_left > 0 AND until > held.expires_at THEN
        UPDATE reservations
        SET extensions = held.extensions + 1, extensions_left = held.extensions_left - 1, expires_at = until
        WHERE id = p_reservation_id
        RETURNING extract(epoch FROM expires_at - moment)::double precision INTO seconds_left;
    END IF;
    FOR reservation IN SELECT * FROM reservation_now AS r WHERE r.id = p_reservation_id AND r.shopper_id = p_shopper_id
    LOOP
        IF reservation.status = 'ACTIVE' AND reservation.expires_at <= instant_now() THEN
            -- It lapsed while this call waited; the view compares with the instant at which the call began.
            reservation.status := 'EXPIRED';
            reservation.ended_at := reservation.expires_at;
            reservation.extensions_left := 0;
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;
