-- Products with their live stock. Units of lapsed holds count as available, unless somebody waits for them. Stock and holds are read in one snapshot,
-- so no unit is counted twice or left out. The bound `first_lapse_at` skips index entries of holds that ended long ago;
-- these entries stay in the index while any session keeps an old snapshot open.
CREATE OR REPLACE VIEW product_now AS
SELECT product.id, product.name, product.price, product.hold_seconds, product.max_per_shopper,
       product.sale_starts_at, product.sale_ends_at,
       slots.total AS total_stock,
       slots.available + lapsed.units AS available_stock,
       upcoming.expires_at AS next_release_at
FROM products AS product
CROSS JOIN LATERAL (
    SELECT coalesce(sum(total), 0)::integer AS total, coalesce(sum(available), 0)::integer AS available,
           min(first_lapse_at) AS first_lapse_at
    FROM stock WHERE product_id = product.id
) AS slots
CROSS JOIN LATERAL (
    SELECT coalesce(sum(quantity), 0)::integer AS units FROM reservations
    WHERE product_id = product.id AND status = 'ACTIVE'
      AND expires_at BETWEEN slots.first_lapse_at AND instant_of_statement()
      AND NOT EXISTS (SELECT FROM waiters WHERE waiters.product_id = product.id AND waiters.status = 'WAITING')
) AS lapsed
LEFT JOIN LATERAL (
    SELECT expires_at FROM reservations
    WHERE product_id = product.id AND status = 'ACTIVE'
      AND expires_at > instant_of_statement() AND expires_at >= slots.first_lapse_at
    ORDER BY expires_at LIMIT 1
) AS upcoming ON true;
