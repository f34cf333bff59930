-- outside a transaction
-- A shopper's key is found among the shopper's reservations. Anonymous requests have too many for that.
CREATE INDEX CONCURRENTLY IF NOT EXISTS reservations_anonymous_keys ON reservations (idempotency_key)
    WHERE idempotency_key IS NOT NULL AND shopper_id = '00000000-0000-0000-0000-000000000000';
