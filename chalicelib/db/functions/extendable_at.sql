-- Return the length that a hold was made for, without its extensions.
CREATE OR REPLACE FUNCTION original_length(p_hold reservations) RETURNS interval
LANGUAGE sql IMMUTABLE
RETURN (p_hold.expires_at - p_hold.created_at) / (p_hold.extensions + 1);

-- Return the instant from which a hold can be extended: 30 s before its lapse, or a quarter of its original length if
-- that is less. NULL unless the reservation is ACTIVE. It is VOLATILE to see what the calling statement has just done.
CREATE OR REPLACE FUNCTION extendable_at(p_reservation reservation_now) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN (SELECT hold.expires_at - least(interval '30 seconds', original_length(hold) / 4) FROM reservations AS hold
            WHERE hold.id = p_reservation.id AND p_reservation.status = 'ACTIVE');
END
$$;
