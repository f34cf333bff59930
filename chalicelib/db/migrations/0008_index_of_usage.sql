-- outside a transaction
-- Finds what a shopper has, cancelled holds included. Without the anonymous reservations, however many there are, the
-- planner expects few rows.
CREATE INDEX CONCURRENTLY IF NOT EXISTS reservations_usage ON reservations (shopper_id)
    WHERE shopper_id <> '00000000-0000-0000-0000-000000000000';
