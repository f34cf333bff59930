-- Over how many slots a product's units are spread: one for a few units, more where more shoppers contend.
CREATE OR REPLACE FUNCTION slots_for(p_total bigint) RETURNS smallint
LANGUAGE sql IMMUTABLE
RETURN greatest(1, least(32, p_total / 25))::smallint;

-- Add available units to a product whose row is locked or new. Makes further slots if the new total wants more, and
-- puts the units into the slots that have the fewest: into one for a few units, so that the others stay free.
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
