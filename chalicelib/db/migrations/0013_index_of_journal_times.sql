-- outside a transaction
-- Finds what happened in the last minute. Times come in the order of the table, so a BRIN index does, as in 0007.
CREATE INDEX CONCURRENTLY IF NOT EXISTS journal_times ON journal
    USING brin (at) WITH (pages_per_range = 32, autosummarize = on);
