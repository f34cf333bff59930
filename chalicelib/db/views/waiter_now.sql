-- Entries of the waiting lists as they read now. `position` is the place in the line of the product, from 1, and
-- `units_in_line` are the units that everybody up to this place waits for.
CREATE OR REPLACE VIEW waiter_now AS
SELECT waiter.id, waiter.product_id, product.name AS product_name, waiter.shopper_id, waiter.quantity,
       waiter.status, waiter.reason, line.position, waiter.created_at, waiter.ended_at, waiter.reservation_id,
       line.units_in_line
FROM waiters AS waiter
JOIN products AS product ON product.id = waiter.product_id
LEFT JOIN LATERAL (
    SELECT count(*)::integer AS position, sum(quantity) AS units_in_line FROM waiters AS ahead
    WHERE ahead.product_id = waiter.product_id AND ahead.status = 'WAITING' AND ahead.number <= waiter.number
) AS line ON waiter.status = 'WAITING';
