-- Units of a product that can be had now: the available ones, and those of holds that have lapsed by the clock. After a
-- wait, product_now would leave holds out: it compares with the instant at which the client's statement began.
-- `lapsed_since` is where to begin looking for lapsed holds.
CREATE OR REPLACE FUNCTION units_within_reach(p_product_id uuid, OUT units bigint, OUT lapsed_since timestamptz)
LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz := instant_now();
BEGIN
    SELECT slots.available + (
        SELECT coalesce(sum(quantity), 0) FROM reservations
        WHERE product_id = p_product_id AND status = 'ACTIVE' AND expires_at BETWEEN slots.first_lapse_at AND moment
    ), slots.first_lapse_at
    INTO units, lapsed_since
    FROM (
        SELECT coalesce(sum(available), 0) AS available, min(first_lapse_at) AS first_lapse_at
        FROM stock WHERE product_id = p_product_id
    ) AS slots;
END
$$;

-- Return when, by the lapses of the running holds, p_units of a product are in stock, if none of these holds is paid; or
-- NULL if they have too few.
CREATE OR REPLACE FUNCTION return_of_units(p_product_id uuid, p_units bigint) RETURNS timestamptz
LANGUAGE sql STABLE STRICT AS $$
    SELECT expires_at FROM (
        SELECT expires_at, sum(quantity) OVER (ORDER BY expires_at, id) AS units FROM (
            SELECT expires_at, id, quantity FROM reservations
            WHERE product_id = p_product_id AND status = 'ACTIVE'
            ORDER BY expires_at, id LIMIT p_units -- each hold has at least one unit
        ) AS holds
    ) AS returns
    WHERE units + (SELECT sum(available) FROM stock WHERE product_id = p_product_id) >= p_units
    ORDER BY expires_at LIMIT 1;
$$;
