-- Return why the sale window or the limit per shopper forbids a reserve, or NULL if both allow it. Stock and hoarding
-- are checked elsewhere. Anonymous callers are not one shopper, so the limit applies to each of their reservations
-- separately: p_units is 0 and p_hold_id is NULL for them.
CREATE OR REPLACE FUNCTION product_refusal(
    p_sale_starts_at timestamptz, p_sale_ends_at timestamptz, p_max_per_shopper integer,
    p_instant timestamptz, p_quantity integer, p_units integer, p_hold_id uuid
) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF p_instant < p_sale_starts_at OR p_instant >= p_sale_ends_at THEN
        RETURN jsonb_build_object('reason', 'sale-not-open', 'starts_at', p_sale_starts_at, 'ends_at', p_sale_ends_at);
    END IF;
    IF p_units + p_quantity > p_max_per_shopper THEN
        RETURN jsonb_build_object('reason', 'limit-exceeded', 'held', p_units, 'limit', p_max_per_shopper,
                                  'reservation_id', p_hold_id);
    END IF;
    RETURN NULL;
END
$$;
