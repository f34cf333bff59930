-- Record that an admin has dealt with a refund, once: a repeated call changes nothing.
-- Returns the refund as it reads afterwards, or no row if no payment with this reference must be refunded.
CREATE OR REPLACE FUNCTION settle_refund(p_reference text, p_made_by text) RETURNS SETOF refunds
LANGUAGE plpgsql AS $$
BEGIN
    WITH settled AS (
        INSERT INTO settled_refunds (payment_reference, settled_by)
        SELECT payment_reference, p_made_by FROM refunds WHERE payment_reference = p_reference
        ON CONFLICT (payment_reference) DO NOTHING
        RETURNING payment_reference
    )
    INSERT INTO admin_changes (made_by, product_id, action, details)
    SELECT p_made_by, reservation.product_id, 'settle', jsonb_build_object('paymentReference', payment.reference)
    FROM settled
    JOIN payments AS payment ON payment.reference = settled.payment_reference
    JOIN reservations AS reservation ON reservation.id = payment.reservation_id;
    RETURN QUERY SELECT * FROM refunds WHERE payment_reference = p_reference;
END
$$;
