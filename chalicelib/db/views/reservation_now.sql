-- Reservations as they read now: a hold past its lapse is EXPIRED, even if no job has expired it yet. While somebody
-- waits for the product, a hold can be extended once only.
CREATE OR REPLACE VIEW reservation_now AS
SELECT reservation.id, reservation.product_id, product.name AS product_name, reservation.shopper_id,
       reservation.quantity, reservation.unit_price, state.status, reservation.created_at, reservation.expires_at,
       CASE state.status WHEN 'EXPIRED' THEN reservation.expires_at WHEN 'ACTIVE' THEN NULL ELSE reservation.ended_at
       END AS ended_at,
       CASE
           WHEN state.status <> 'ACTIVE' THEN 0
           WHEN EXISTS (SELECT FROM waiters WHERE product_id = product.id AND status = 'WAITING')
               THEN least(reservation.extensions_left, greatest(1 - reservation.extensions, 0))
           ELSE reservation.extensions_left
       END AS extensions_left,
       reservation.replaces
FROM reservations AS reservation
JOIN products AS product ON product.id = reservation.product_id
CROSS JOIN LATERAL (
    SELECT CASE WHEN reservation.status = 'ACTIVE' AND reservation.expires_at <= instant_of_statement()
                THEN 'EXPIRED' ELSE reservation.status END AS status
) AS state;
