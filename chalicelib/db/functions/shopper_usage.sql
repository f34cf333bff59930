-- Count what a shopper has of one product, and the shopper's holds of all products, at an instant. The caller must have
-- called lock_shopper; otherwise concurrent transactions may be missing.
-- A shopper may cancel 20 holds an hour, of all products together. Later cancellations count like lapses, so that the
-- cooldown also ends a loop of reserve and cancel. Holds that an admin released do not count. A place in a waiting list
-- counts like the hold that it may become.
CREATE OR REPLACE FUNCTION shopper_usage(
    p_shopper_id uuid, p_product_id uuid, p_instant timestamptz,
    OUT units integer,          -- units of the product: held, bought and waited for
    OUT active_holds integer,   -- running holds of all products, and places in waiting lists
    OUT lapses integer,         -- holds of the product that lapsed, and cancellations beyond 20 in the last hour
    OUT last_lapse timestamptz, -- the latest of these
    OUT hold_id uuid            -- the running hold of the product that lapses last
)
LANGUAGE sql STABLE
SET enable_seqscan = off -- where most reservations are anonymous, the planner expects that many of every shopper
AS $$
    SELECT (coalesce(sum(quantity) FILTER (WHERE product_id = p_product_id AND kept), 0)
               + (SELECT coalesce(sum(quantity), 0) FROM waiters
                  WHERE shopper_id = p_shopper_id AND product_id = p_product_id AND waiters.status = 'WAITING'))::integer,
           (count(*) FILTER (WHERE status = 'ACTIVE' AND kept)
               + (SELECT count(*) FROM waiters
                  WHERE shopper_id = p_shopper_id AND waiters.status = 'WAITING'))::integer,
           (count(*) FILTER (WHERE product_id = p_product_id AND lapsed)
               + greatest(count(*) FILTER (WHERE cancelled) - 20, 0))::integer,
           greatest(max(expires_at) FILTER (WHERE product_id = p_product_id AND lapsed),
                    CASE WHEN count(*) FILTER (WHERE cancelled) > 20 THEN max(ended_at) FILTER (WHERE cancelled) END),
           (array_agg(id ORDER BY expires_at DESC)
               FILTER (WHERE product_id = p_product_id AND status = 'ACTIVE' AND kept))[1]
    FROM (
        SELECT id, product_id, quantity, status, expires_at, ended_at, lapsed,
               status <> 'CANCELLED' AND NOT lapsed AS kept,
               status = 'CANCELLED' AND ended_by = 'shopper' AND ended_at > p_instant - interval '1 hour' AS cancelled
        FROM (
            SELECT *, status = 'EXPIRED' OR (status = 'ACTIVE' AND expires_at <= p_instant) AS lapsed
            FROM reservations
            WHERE shopper_id = p_shopper_id
              AND shopper_id <> '00000000-0000-0000-0000-000000000000' -- anonymous callers are not one shopper
        ) AS own
    ) AS states;
$$;
