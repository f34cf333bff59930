-- outside a transaction
-- Finds the reservations of the last minute, as 0013 finds the other events.
CREATE INDEX CONCURRENTLY IF NOT EXISTS reservations_times ON reservations
    USING brin (created_at) WITH (pages_per_range = 32, autosummarize = on);
