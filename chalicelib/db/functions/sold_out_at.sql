-- When each product's stock rows first had no unit left, since p_from; no row if they always had one. Counts back from
-- the units in stock now, so it reads everything from p_from until now. In the order of the clock; of one millisecond,
-- what returned units comes before what took them.
CREATE OR REPLACE FUNCTION sold_out_at(p_from timestamptz, p_until timestamptz)
RETURNS TABLE (product_id uuid, at timestamptz)
LANGUAGE sql STABLE AS $$
    WITH changes AS (
        SELECT product_id, at, CASE event WHEN 'RESERVED' THEN -quantity ELSE quantity END AS units
        FROM journal_entries
        WHERE at >= p_from AND event IN ('RESTOCKED', 'RESERVED', 'CANCELLED', 'EXPIRED')
    ), counted AS (
        SELECT product_id, at, units, -- in stock after this change: those of now, less what changed later
               sum(units) OVER (PARTITION BY product_id ORDER BY at DESC, units ROWS UNBOUNDED PRECEDING) - units AS later
        FROM changes
    )
    SELECT counted.product_id, min(counted.at)
    FROM counted JOIN (SELECT product_id, sum(available) AS available FROM stock GROUP BY product_id) AS stock
        ON stock.product_id = counted.product_id
    WHERE counted.units < 0 AND stock.available - counted.later <= 0 AND counted.at < p_until
    GROUP BY counted.product_id;
$$;
