-- Return the number of slots for a product's units: 1 slot for each 25 units, at least 1 and at most 64.
CREATE OR REPLACE FUNCTION slots_for(p_total bigint) RETURNS smallint
LANGUAGE sql IMMUTABLE
RETURN greatest(1, least(64, p_total / 25))::smallint;

-- Add available units to a product. The caller has locked the product's row or has just inserted it.
-- Adds slots if the new total needs more of them. Distributes the units over the slots with the fewest available units:
-- over one slot if there are few units, so that the other slots are not locked.
CREATE OR REPLACE FUNCTION add_units(p_product_id uuid, p_units integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    wanted smallint;
    chosen smallint[];
BEGIN
    SELECT slots_for(coalesce(sum(total), 0) + p_units) INTO wanted FROM stock WHERE product_id = p_product_id;
    INSERT INTO stock (product_id, slot, total, available, first_lapse_at)
    SELECT p_product_id, slot, 0, 0, 'infinity' FROM generate_series(0, wanted - 1) AS slot
    ON CONFLICT (product_id, slot) DO NOTHING;
    UPDATE products SET slots = wanted WHERE id = p_product_id AND slots < wanted;

    chosen := ARRAY(
        SELECT slot FROM stock WHERE product_id = p_product_id ORDER BY available, slot LIMIT slots_for(p_units)
    );
    PERFORM lock_slots(p_product_id, chosen);
    UPDATE stock SET total = total + share.units, available = available + share.units
    FROM (
        SELECT slot, p_units / cardinality(chosen) + (place <= p_units % cardinality(chosen))::integer AS units
        FROM unnest(chosen) WITH ORDINALITY AS share (slot, place)
    ) AS share
    WHERE stock.product_id = p_product_id AND stock.slot = share.slot;
END
$$;
