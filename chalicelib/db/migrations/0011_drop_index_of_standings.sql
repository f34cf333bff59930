-- outside a transaction
-- reservations_of_a_shopper finds the same rows. A second index with random keys costs each reserve more.
DROP INDEX CONCURRENTLY IF EXISTS reservations_standing;
