-- ACTIVE → EXPIRED for one reservation, if its hold has lapsed; its units go back to their slot. `outcome` is 'expired',
-- 'running' (`seconds_left` says for how long), or 'ended' (it was ended before, or there is none of this id).
-- With p_wait false, a lock that somebody else has is an error at once (55P03) instead of a wait.
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
    -- Needs no lock before: a wait can only make a lapsed hold more lapsed.
    UPDATE reservations SET status = 'EXPIRED', ended_at = clock.now, ended_by = 'message'
    FROM (SELECT instant_now() AS now) AS clock
    WHERE id = p_reservation_id AND status = 'ACTIVE' AND expires_at <= clock.now
    RETURNING product_id, slot, quantity INTO ended;
    IF FOUND THEN
        PERFORM give_back(ended.product_id, ended.slot, ended.quantity);
        outcome := 'expired';
        RETURN;
    END IF;
    SELECT extract(epoch FROM expires_at - instant_now())::double precision INTO seconds_left
    FROM reservations WHERE id = p_reservation_id AND status = 'ACTIVE';
    outcome := CASE WHEN FOUND THEN 'running' ELSE 'ended' END;
END
$$;
