-- Add available units to a product, or remove available units if p_units is negative. `outcome` is one of:
--   'restocked'           the units were added or removed
--   'not-found'           there is no such product
--   'insufficient-stock'  fewer units are available, lapsed holds included, than were to be removed
--   'too-many'            the total would exceed the largest integer
-- `product` is the product as it reads afterwards.
CREATE OR REPLACE FUNCTION restock(
    p_product_id uuid, p_units integer, p_made_by text, OUT outcome text, OUT product product_now
)
LANGUAGE plpgsql AS $$
DECLARE
    is_awaited boolean;
BEGIN
    PERFORM FROM products WHERE id = p_product_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        outcome := 'not-found';
        RETURN;
    END IF;
    is_awaited := lock_waiting_list(p_product_id);
    IF (SELECT sum(total) FROM stock WHERE product_id = p_product_id) + p_units > 2147483647 THEN
        outcome := 'too-many';
    ELSIF p_units >= 0 THEN
        PERFORM add_units(p_product_id, p_units);
        outcome := 'restocked';
    ELSIF take_out(p_product_id, -p_units) THEN
        outcome := 'restocked';
    ELSE
        outcome := 'insufficient-stock';
    END IF;
    IF outcome = 'restocked' THEN
        INSERT INTO journal (at, event, product_id, quantity, by)
        VALUES (instant_now(), 'RESTOCKED', p_product_id, p_units, 'admin');
        INSERT INTO admin_changes (made_by, product_id, action, details)
        VALUES (p_made_by, p_product_id, 'restock', jsonb_build_object('quantity', p_units));
        IF is_awaited THEN
            PERFORM hand_over(p_product_id);
        END IF;
    END IF;
    SELECT * INTO product FROM product_now WHERE id = p_product_id;
END
$$;

-- Remove available units from a product, units of lapsed holds included. Return false, and change nothing, if fewer are
-- available.
CREATE OR REPLACE FUNCTION take_out(p_product_id uuid, p_units integer) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    free bigint;
    bound timestamptz;
    emptied smallint;
BEGIN
    WHILE emptied IS NULL LOOP -- others may take the units between a look and the locks
        SELECT * INTO free, bound FROM units_within_reach(p_product_id);
        IF free < p_units THEN
            RETURN false;
        END IF;
        emptied := gather(p_product_id, p_units, bound);
    END LOOP;
    UPDATE stock SET total = total - p_units, available = available - p_units
    WHERE product_id = p_product_id AND slot = emptied;
    RETURN true;
END
$$;
