-- What happened before there was a journal. One statement, and so one look at everything: what the triggers of 0002
-- wrote meanwhile is either in that look, and left out here, or came later, and so did its reservation's change.
WITH beginnings AS (
    INSERT INTO journal (at, event, product_id, reservation_id, quantity, by)
    SELECT created_at, 'RESERVED', product_id, id, quantity, 'shopper' FROM reservations
    WHERE NOT EXISTS (SELECT FROM journal WHERE reservation_id = reservations.id AND event = 'RESERVED')
), endings AS (
    INSERT INTO journal (at, event, product_id, reservation_id, quantity, by)
    SELECT ended_at, status::text::journal_event, product_id, id, quantity, ended_by FROM reservations
    WHERE status <> 'ACTIVE'
      AND NOT EXISTS (SELECT FROM journal WHERE reservation_id = reservations.id AND event = status::text::journal_event)
)
INSERT INTO journal (at, event, product_id, quantity, by)
SELECT instant_now(), 'RESTOCKED', product_id, sum(total), 'admin' FROM stock
WHERE NOT EXISTS (SELECT FROM journal WHERE journal.product_id = stock.product_id AND event = 'RESTOCKED')
GROUP BY product_id HAVING sum(total) > 0;

ALTER TABLE reservations VALIDATE CONSTRAINT reservations_extensions_not_negative;
