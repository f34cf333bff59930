-- Everything that ever moved a unit. The entry that a reservation begins with is its own row, which spares each reserve
-- a second insert; all other entries are rows of the journal.
CREATE OR REPLACE VIEW journal_entries AS
SELECT transaction, id, at, event, product_id, reservation_id, quantity, by FROM journal
UNION ALL
SELECT journal_transaction, journal_id, created_at, 'RESERVED'::journal_event, product_id, id, quantity, 'shopper'
FROM reservations WHERE journal_id IS NOT NULL;
