-- outside a transaction
-- Built beside running reserves and reads, however many reservations there are.
CREATE INDEX CONCURRENTLY IF NOT EXISTS reservations_standing ON reservations (shopper_id)
    WHERE status <> 'CANCELLED' AND shopper_id <> '00000000-0000-0000-0000-000000000000';
