-- outside a transaction
-- Replaced by reservations_usage.
DROP INDEX CONCURRENTLY IF EXISTS reservations_standing;
