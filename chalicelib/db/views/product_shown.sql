-- Products with their live stock and with what else is read of them. Code names the columns that it reads, so that this
-- view may gain columns. `product_now` may not: the version before reads all of its columns by their position.
CREATE OR REPLACE VIEW product_shown AS
SELECT now.id, now.name, now.price, now.hold_seconds, now.max_per_shopper, now.sale_starts_at, now.sale_ends_at,
       now.total_stock, now.available_stock, now.next_release_at,
       product.retired_at, product.paused,
       (SELECT count(*)::integer FROM waiters WHERE product_id = product.id AND status = 'WAITING') AS waiting,
       product.description, product.image_url, product.illustration, product.currency
FROM product_now AS now
JOIN products AS product ON product.id = now.id;
