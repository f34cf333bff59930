-- What the sale desk needs. Only catalogue changes, but for the check of admin_changes, a short table.

-- While a sale is paused, nobody takes units. Holds that exist go on.
ALTER TABLE products ADD COLUMN paused boolean NOT NULL DEFAULT false;

-- An admin may release a hold: it becomes CANCELLED, and ended_by is 'admin'. As in 0008 but for that.
CREATE OR REPLACE FUNCTION is_valid_reservation(
    quantity integer, unit_price numeric, extensions integer, extensions_left integer, idempotency_key text,
    created_at timestamptz, expires_at timestamptz,
    status reservation_status, ended_at timestamptz, ended_by text
) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    violated text;
BEGIN
    violated := CASE
        WHEN NOT quantity BETWEEN 1 AND 100 THEN 'quantity_in_range'
        WHEN NOT unit_price >= 0 THEN 'unit_price_not_negative'
        WHEN NOT (extensions >= 0 AND extensions_left >= 0) THEN 'extensions_not_negative'
        WHEN NOT length(idempotency_key) BETWEEN 1 AND 255 THEN 'idempotency_key_length_in_range'
        WHEN NOT expires_at > created_at THEN 'expire_after_creation'
        WHEN (status = 'ACTIVE') <> (ended_at IS NULL) OR (ended_at IS NULL) <> (ended_by IS NULL)
            THEN 'ended_unless_active'
        WHEN status = 'EXPIRED' AND NOT ended_at >= expires_at THEN 'expired_only_after_lapse'
        WHEN status = 'COMPLETED' AND NOT ended_at < expires_at THEN 'completed_only_before_lapse'
        WHEN status = 'CANCELLED' AND NOT ended_at < expires_at THEN 'cancelled_only_before_lapse'
        WHEN NOT ended_by IN ('shopper', 'message', 'sweep', 'reclaim', 'admin') THEN 'ended_by_known'
        WHEN ended_by = 'admin' AND status <> 'CANCELLED' THEN 'admin_only_cancels'
    END;
    IF violated IS NOT NULL THEN
        RAISE EXCEPTION 'A reservation violates "reservations_%".', violated
            USING ERRCODE = 'check_violation', TABLE = 'reservations', CONSTRAINT = 'reservations_' || violated;
    END IF;
    RETURN true;
END
$$;

-- The payments to refund that an admin has dealt with. Rows are only added.
CREATE TABLE settled_refunds (
    payment_reference text           PRIMARY KEY COLLATE "C" REFERENCES payments (reference),
    settled_at        timestamptz(3) NOT NULL DEFAULT instant_now(),
    settled_by        text           NOT NULL, -- the admin token's subject
    CONSTRAINT settled_refunds_by_someone CHECK (settled_by <> '')
);

ALTER TABLE admin_changes
    DROP CONSTRAINT admin_changes_action_known,
    ADD CONSTRAINT admin_changes_action_known
        CHECK (action IN ('create', 'change', 'restock', 'release', 'settle'));
