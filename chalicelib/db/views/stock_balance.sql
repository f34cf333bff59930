-- Check for each product that every unit is in exactly one place: available, held or sold. Reads every reservation that
-- holds or has sold units.
CREATE OR REPLACE VIEW stock_balance AS
SELECT product.id AS product_id, product.name,
       sum(stock.total)::integer AS total,
       sum(stock.available)::integer AS available,
       sum(coalesce(kept.held, 0))::integer AS held,
       sum(coalesce(kept.sold, 0))::integer AS sold,
       bool_and(stock.product_id IS NOT NULL
                AND stock.total = stock.available + coalesce(kept.held, 0) + coalesce(kept.sold, 0)) AS balanced
FROM stock
FULL JOIN (
    SELECT product_id, slot,
           sum(quantity) FILTER (WHERE status = 'ACTIVE') AS held,
           sum(quantity) FILTER (WHERE status = 'COMPLETED') AS sold
    FROM reservations
    WHERE status IN ('ACTIVE', 'COMPLETED')
    GROUP BY product_id, slot
) AS kept ON kept.product_id = stock.product_id AND kept.slot = stock.slot
JOIN products AS product ON product.id = coalesce(stock.product_id, kept.product_id)
GROUP BY product.id;
