-- The units of each product, computed from the journal and the reserved quantities. Compare with stock_balance.
CREATE OR REPLACE VIEW journal_balance AS
SELECT product_id,
       entries.restocked::integer AS total,
       (entries.restocked - reserved.units + entries.returned)::integer AS available,
       (reserved.units - entries.sold - entries.returned)::integer AS held,
       entries.sold::integer AS sold
FROM (
    SELECT product_id,
           coalesce(sum(quantity) FILTER (WHERE event = 'RESTOCKED'), 0) AS restocked,
           coalesce(sum(quantity) FILTER (WHERE event = 'COMPLETED'), 0) AS sold,
           coalesce(sum(quantity) FILTER (WHERE event IN ('CANCELLED', 'EXPIRED')), 0) AS returned
    FROM journal
    GROUP BY product_id
) AS entries
CROSS JOIN LATERAL (
    SELECT coalesce(sum(quantity), 0) AS units FROM reservations WHERE product_id = entries.product_id
) AS reserved;
