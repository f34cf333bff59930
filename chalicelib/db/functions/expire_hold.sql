-- ACTIVE → EXPIRED for one reservation, if its hold has lapsed. Its units return to their slot. `outcome` is one of:
--   'expired'  this call expired the hold
--   'running'  the hold has not lapsed; it lapses in `seconds_left` seconds
--   'ended'    the reservation had ended before, or there is no reservation with this id
-- If p_wait is false, a lock held by another transaction is an error at once (55P03), not a wait.
CREATE OR REPLACE FUNCTION expire_hold(
    p_reservation_id uuid, p_wait boolean, OUT outcome text, OUT seconds_left double precision
)
LANGUAGE plpgsql AS $$
DECLARE
    held reservations;
    is_awaited boolean;
    moment timestamptz := instant_now(); -- of both comparisons: a hold that was not locked is never found lapsed
BEGIN
    SELECT * INTO held FROM reservations WHERE id = p_reservation_id; -- most messages that come twice end here
    IF held.status = 'ACTIVE' AND held.expires_at <= moment THEN
        is_awaited := lock_waiting_list(held.product_id, p_wait);
        IF NOT p_wait THEN
            PERFORM FROM reservations WHERE id = p_reservation_id FOR NO KEY UPDATE NOWAIT;
            PERFORM FROM stock
            WHERE product_id = held.product_id AND (slot = held.slot OR is_awaited AND available > 0)
            FOR NO KEY UPDATE NOWAIT;
        END IF;
        held := locked_reservation(p_reservation_id);
    END IF;
    IF held.status IS DISTINCT FROM 'ACTIVE' THEN
        outcome := 'ended';
    ELSIF held.expires_at > moment THEN
        outcome := 'running';
        seconds_left := extract(epoch FROM held.expires_at - moment)::double precision;
    ELSE
        PERFORM do_not_wait_for_disk();
        UPDATE reservations SET status = 'EXPIRED', ended_at = instant_now(), ended_by = 'message'
        WHERE id = p_reservation_id;
        PERFORM give_back(held.product_id, held.slot, held.quantity);
        outcome := 'expired';
    END IF;
END
$$;
