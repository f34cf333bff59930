-- The payments that bought nothing and must be refunded. settled_at and settled_by are NULL until an admin has dealt
-- with the refund.
CREATE OR REPLACE VIEW refunds AS
SELECT payment.reference AS payment_reference, payment.reservation_id, payment.amount, payment.recorded_at,
       settled.settled_at, settled.settled_by
FROM payments AS payment
LEFT JOIN settled_refunds AS settled ON settled.payment_reference = payment.reference
WHERE payment.outcome = 'REFUND_REQUIRED';
