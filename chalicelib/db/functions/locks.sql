-- The locks of the database functions, in the order in which they are taken:
--
--   1. the product row        restock and other changes by an admin; a reserve does not take it
--   2. the shopper            reserve, complete, extend, payments and joins of one shopper run one after the other
--   3. the waiting list       of one product: whoever gives units back, joins or leaves; waiting_list.sql has it
--   4. reservations           several: in order of expires_at, then id
--   5. stock rows             several: of one product, in order of slot
--
-- Two rules keep the order without locking more than is needed. A function that waits for a stock row holds no other
-- stock row, or only ones with lower slots. A function that skips locked rows (SKIP LOCKED) waits for nothing, so it
-- may look at them in any order. It keeps the locks of rows that have changed since its snapshot and fit no more,
-- though: it must give them back, by an exception in a block of its own, before it waits for rows of the same kind. The
-- locks that Python takes stand in chalicelib/db/locks.py and follow this order.
-- hand_over may wait for a stock row while it holds one with a higher slot. Whoever else locks several stock rows of the
-- product waits for the list before, as long as somebody waits, and nobody can leave the list during a hand-over.

-- Return the number of an id for advisory locks. Advisory locks need no row.
CREATE OR REPLACE FUNCTION lock_number(p_id uuid) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN hashtextextended(p_id::text, 0);

-- Return the number of a place in the line for a shopper's lock, likewise. Seed 1 is that of idempotency keys.
CREATE OR REPLACE FUNCTION place_number(p_shopper_id uuid, p_place integer) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN hashtextextended(p_shopper_id::text, 1 + p_place);

-- Wait for the shopper's other transactions, in one of 20 places: one shopper's parallel requests must not occupy every
-- connection. Raises configuration_limit_exceeded, without waiting, if all places are taken. 20 retries at once with the
-- same idempotency key find a place each. A place is free again when its transaction ends.
CREATE OR REPLACE FUNCTION wait_for_shopper(p_shopper_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    FOR place IN 1..20 LOOP
        IF pg_try_advisory_xact_lock(place_number(p_shopper_id, place)) THEN
            PERFORM pg_advisory_xact_lock(lock_number(p_shopper_id));
            RETURN;
        END IF;
    END LOOP;
    RAISE EXCEPTION 'Too many transactions of the shopper are waiting.' USING ERRCODE = 'configuration_limit_exceeded';
END
$$;

-- Wait for the shopper's other transactions. Counts made afterwards include their results. Anonymous callers are not
-- one shopper, so they do not wait for each other.
CREATE OR REPLACE FUNCTION lock_shopper(p_shopper_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF p_shopper_id <> '00000000-0000-0000-0000-000000000000'
       AND NOT pg_try_advisory_xact_lock(lock_number(p_shopper_id)) THEN
        PERFORM wait_for_shopper(p_shopper_id);
    END IF;
END
$$;

-- Wait for other transactions on a reservation, so that the caller reads the clock after the wait. Return the reservation
-- as it is then. Does not block inserts of payments that refer to the row.
-- The caller compares the status itself and updates by the id alone. With the status in a WHERE clause the planner may
-- use the index of active holds, which is slow while an old snapshot keeps ended holds in it.
CREATE OR REPLACE FUNCTION locked_reservation(p_reservation_id uuid) RETURNS reservations
LANGUAGE plpgsql AS $$
DECLARE
    locked reservations;
BEGIN
    SELECT * INTO locked FROM reservations WHERE id = p_reservation_id FOR NO KEY UPDATE;
    RETURN locked;
END
$$;

-- Wait in line for one stock row. Return its available units, or NULL if there is no such row.
CREATE OR REPLACE FUNCTION lock_slot(p_product_id uuid, p_slot smallint) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    units integer;
BEGIN
    SELECT available INTO units FROM stock WHERE product_id = p_product_id AND slot = p_slot FOR NO KEY UPDATE;
    RETURN units;
END
$$;

-- Lock one stock row without waiting. Return its available units, or NULL if another transaction has locked it.
CREATE OR REPLACE FUNCTION lock_slot_if_free(p_product_id uuid, p_slot smallint) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    units integer;
BEGIN
    SELECT available INTO units FROM stock WHERE product_id = p_product_id AND slot = p_slot
    FOR NO KEY UPDATE SKIP LOCKED;
    RETURN units;
END
$$;

-- Wait for several stock rows of a product, in order of slot. Return the sum of their available units.
CREATE OR REPLACE FUNCTION lock_slots(p_product_id uuid, p_slots smallint[]) RETURNS integer
LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(sum(available), 0)::integer FROM (
        SELECT available FROM stock WHERE product_id = p_product_id AND slot = ANY (p_slots)
        ORDER BY slot FOR NO KEY UPDATE
    ) AS locked;
$$;
