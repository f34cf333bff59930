-- Return why a pause, the sale window or the limit per shopper forbids a reserve, or NULL if all allow it. Stock and
-- hoarding are checked elsewhere. p_sale_ends_at comes from `sale_end`. To the version before, which knows no pause, a
-- paused sale is one that is not open. Anonymous callers are not one shopper, so the limit applies to each of their
-- reservations separately: p_units is 0 and p_hold_id is NULL for them.
CREATE OR REPLACE FUNCTION product_refusal(
    p_sale_starts_at timestamptz, p_sale_ends_at timestamptz, p_max_per_shopper integer,
    p_instant timestamptz, p_quantity integer, p_units integer, p_hold_id uuid
) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF p_instant < p_sale_starts_at OR p_instant >= p_sale_ends_at THEN
        RETURN jsonb_build_object('reason', 'sale-not-open', 'starts_at', p_sale_starts_at,
                                  'ends_at', nullif(p_sale_ends_at, '-infinity'),
                                  'paused', p_sale_ends_at = '-infinity');
    END IF;
    IF p_units + p_quantity > p_max_per_shopper THEN
        RETURN jsonb_build_object('reason', 'limit-exceeded', 'held', p_units, 'limit', p_max_per_shopper,
                                  'reservation_id', p_hold_id);
    END IF;
    RETURN NULL;
END
$$;

-- Return when a sale ends: at its end or when the product was retired, and '-infinity' while it is paused. So a reserve
-- that is not refused compares nothing more for the sake of pauses.
CREATE OR REPLACE FUNCTION sale_end(p_sale_ends_at timestamptz, p_retired_at timestamptz, p_paused boolean)
RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_paused THEN '-infinity'::timestamptz ELSE least(p_sale_ends_at, p_retired_at) END;
