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
    ended record;
BEGIN
    IF NOT p_wait THEN
        PERFORM FROM reservations WHERE id = p_reservation_id FOR NO KEY UPDATE NOWAIT;
        PERFORM FROM reservations AS held JOIN stock USING (product_id, slot)
        WHERE held.id = p_reservation_id AND held.status = 'ACTIVE'
        FOR NO KEY UPDATE OF stock NOWAIT;
    END IF;
    -- No lock is needed before the clock is read: a hold that has lapsed before a wait has also lapsed after it.
    UPDATE reservations SET status = 'EXPIRED', ended_at = clock.now, ended_by = 'message'
    FROM (SELECT instant_now() AS now) AS clock
    WHERE id = p_reservation_id AND status = 'ACTIVE' AND expires_at <= clock.now
    RETURNING product_id, slot, quantity INTO ended;
    IF FOUND THEN
        PERFORM do_not_wait_for_disk();
        PERFORM give_back(ended.product_id, ended.slot, ended.quantity);
        outcome := 'expired';
        RETURN;
    END IF;
    SELECT extract(epoch FROM expires_at - instant_now())::double precision INTO seconds_left
    FROM reservations WHERE id = p_reservation_id AND status = 'ACTIVE';
    outcome := CASE WHEN FOUND THEN 'running' ELSE 'ended' END;
END
$$;
