-- Fill in what 0005 added, and what a restock between 0002 and 0004 left out of the journal.
UPDATE products SET slots = counted.slots
FROM (SELECT product_id, count(*) AS slots FROM stock GROUP BY product_id) AS counted
WHERE counted.product_id = products.id AND counted.slots <> products.slots;

ALTER TABLE products VALIDATE CONSTRAINT products_slots_positive;

-- One statement, so one snapshot: a restock under way is in both of its sums or in neither.
INSERT INTO journal (at, event, product_id, quantity, by)
SELECT instant_now(), 'RESTOCKED', stock.product_id, stock.total - coalesce(entries.total, 0), 'admin'
FROM (SELECT product_id, sum(total) AS total FROM stock GROUP BY product_id) AS stock
LEFT JOIN (
    SELECT product_id, sum(quantity) AS total FROM journal WHERE event = 'RESTOCKED' GROUP BY product_id
) AS entries ON entries.product_id = stock.product_id
WHERE stock.total <> coalesce(entries.total, 0);
