-- outside a transaction
-- Finds the reservations that have not been published. Ids come in the order of the table, so a BRIN index does, which
-- costs a reserve next to nothing.
CREATE INDEX CONCURRENTLY IF NOT EXISTS reservations_journal_ids ON reservations
    USING brin (journal_id) WITH (pages_per_range = 32, autosummarize = on);
