-- What a shopper has of a product and holds altogether, at an instant. Exact after lock_shopper.
CREATE OR REPLACE FUNCTION shopper_usage(
    p_shopper_id uuid, p_product_id uuid, p_instant timestamptz,
    OUT units integer,          -- of the product, held and bought together
    OUT active_holds integer,   -- of all products
    OUT lapses integer,         -- holds of the product that lapsed
    OUT last_lapse timestamptz, -- of these
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
          AND shopper_id <> '00000000-0000-0000-0000-000000000000' -- as in the index reservations_standing
    ) AS kept;
$$;
