-- Return the length that a hold was made for, without its extensions.
CREATE OR REPLACE FUNCTION original_length(p_hold reservations) RETURNS interval
LANGUAGE sql IMMUTABLE
RETURN (p_hold.expires_at - p_hold.created_at) / (p_hold.extensions + 1);

-- Return how long before its lapse a hold of this original length can be extended. chalicelib/db/reservations.py has the
-- same rule for new holds, because a call of this function would cost each reserve 6 %.
CREATE OR REPLACE FUNCTION extension_margin(p_length interval) RETURNS interval
LANGUAGE sql IMMUTABLE
RETURN least(interval '30 seconds', p_length / 4);

-- Return the instant from which a hold can be extended. NULL unless the reservation is ACTIVE. It is VOLATILE to see what
-- the calling statement has just done.
CREATE OR REPLACE FUNCTION extendable_at(p_reservation reservation_now) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN (SELECT hold.expires_at - extension_margin(original_length(hold)) FROM reservations AS hold
            WHERE hold.id = p_reservation.id AND p_reservation.status = 'ACTIVE');
END
$$;
