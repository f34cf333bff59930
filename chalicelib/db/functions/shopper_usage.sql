-- Count what a shopper has of one product, and the shopper's holds of all products, at an instant. The caller must have
-- called lock_shopper; otherwise concurrent transactions may be missing.
CREATE OR REPLACE FUNCTION shopper_usage(
    p_shopper_id uuid, p_product_id uuid, p_instant timestamptz,
    OUT units integer,          -- units of the product, held and bought
    OUT active_holds integer,   -- running holds of all products
    OUT lapses integer,         -- holds of the product that lapsed
    OUT last_lapse timestamptz, -- the latest of these lapses
    OUT hold_id uuid            -- the running hold of the product that lapses last
)
LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(quantity) FILTER (WHERE product_id = p_product_id AND NOT lapsed), 0)::integer,
           count(*) FILTER (WHERE status = 'ACTIVE' AND NOT lapsed)::integer,
           count(*) FILTER (WHERE product_id = p_product_id AND lapsed)::integer,
           max(expires_at) FILTER (WHERE product_id = p_product_id AND lapsed),
           (array_agg(id ORDER BY expires_at DESC)
               FILTER (WHERE product_id = p_product_id AND status = 'ACTIVE' AND NOT lapsed))[1]
    FROM (
        SELECT id, product_id, quantity, status, expires_at,
               status = 'EXPIRED' OR (status = 'ACTIVE' AND expires_at <= p_instant) AS lapsed
        FROM reservations
        WHERE shopper_id = p_shopper_id AND status <> 'CANCELLED'
          AND shopper_id <> '00000000-0000-0000-0000-000000000000' -- anonymous callers are not one shopper
    ) AS kept;
$$;
