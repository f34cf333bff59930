-- All journal entries: each transition and each restock. The RESERVED entry of a reservation is the reservation's own
-- row, so that a reserve needs only one insert. All other entries are rows of the table journal.
CREATE OR REPLACE VIEW journal_entries AS
SELECT transaction, id, at, event, product_id, reservation_id, quantity, by, waiter_id FROM journal
UNION ALL
SELECT journal_transaction, journal_id, created_at, 'RESERVED'::journal_event, product_id, id, quantity, 'shopper',
       NULL::uuid
FROM reservations WHERE journal_id IS NOT NULL;
