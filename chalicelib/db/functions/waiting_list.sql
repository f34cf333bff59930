-- Whoever gives units back to a product does so in this order, so that nobody else takes them before the waiters:
--
--   1. lock_waiting_list   before the locks of reservations and of stock rows
--   2. add the units to stock rows
--   3. hand_over           before the end of the same transaction
--
-- So units in stock are units that no waiter fits, and a reserve that finds enough in stock does not read the list.
--
-- A place in the list counts like the hold that it may become: for the limit per shopper and for the number of holds.
-- So a hand-over never exceeds a limit, and it needs no lock of the waiter's shopper.

-- Return the number of a product's waiting list for advisory locks: 0 of its length, 1 of its head.
CREATE OR REPLACE FUNCTION list_number(p_product_id uuid, p_part integer) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN hashtextextended(p_product_id::text, 100 + p_part);

-- Return whether somebody waits for a product.
CREATE OR REPLACE FUNCTION somebody_waits(p_product_id uuid) RETURNS boolean
LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM waiters WHERE product_id = p_product_id AND status = 'WAITING');

-- Count who waits for a product. Unlike a view, it sees what a function of the same statement has changed.
CREATE OR REPLACE FUNCTION count_waiting(p_product_id uuid) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN (SELECT count(*) FROM waiters WHERE product_id = p_product_id AND status = 'WAITING');
END
$$;

-- Let nobody join the list of a product until the end of this transaction. If somebody waits, let nobody leave it and
-- nobody else hand units over either. Return whether somebody waits. If p_wait is false, a lock held by another
-- transaction is an error at once (55P03), not a wait.
CREATE OR REPLACE FUNCTION lock_waiting_list(p_product_id uuid, p_wait boolean DEFAULT true) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF p_wait THEN
        PERFORM pg_advisory_xact_lock_shared(list_number(p_product_id, 0));
    ELSIF NOT pg_try_advisory_xact_lock_shared(list_number(p_product_id, 0)) THEN
        RAISE EXCEPTION 'Somebody joins the waiting list.' USING ERRCODE = 'lock_not_available';
    END IF;
    IF NOT somebody_waits(p_product_id) THEN
        RETURN false;
    END IF;
    IF p_wait THEN
        PERFORM pg_advisory_xact_lock(list_number(p_product_id, 1));
    ELSIF NOT pg_try_advisory_xact_lock(list_number(p_product_id, 1)) THEN
        RAISE EXCEPTION 'Another transaction hands units over.' USING ERRCODE = 'lock_not_available';
    END IF;
    RETURN somebody_waits(p_product_id); -- the last may have left or have been served during the wait
END
$$;

-- Make holds for the first waiters whose quantities fit into the units in stock, in order of joining. Whoever may not
-- have the hold is passed over. Once a sale is over, everybody is. While a sale is paused or not open yet, nothing
-- happens. The caller has called lock_waiting_list, which has returned true.
-- Reports each hold to the client with a notice (INFO, "offered"), so that its expiry message is sent after the commit.
CREATE OR REPLACE FUNCTION hand_over(p_product_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    product products;
    moment timestamptz := instant_now();
    slots smallint[];
    units integer[]; -- by slot: those that are still free
    moved integer[]; -- by slot: those that other slots have given to it, less those that it has given
    lapses timestamptz[]; -- by slot: when the first of the new holds lapses
    number integer := 1; -- of the slot that gives the next units
    free integer;
    waiter waiters;
    refused text;
    offered reservations;
BEGIN
    SELECT * INTO product FROM products WHERE id = p_product_id;
    IF moment >= least(product.sale_ends_at, product.retired_at) THEN
        UPDATE waiters SET status = 'PASSED_OVER', reason = 'sale-ended', ended_at = moment
        WHERE product_id = p_product_id AND status = 'WAITING';
        RETURN;
    END IF;
    IF product.paused OR moment < product.sale_starts_at THEN
        RETURN;
    END IF;

    -- Waits for whoever is about to take some of these units, since the waiter may need those that are left.
    SELECT array_agg(slot ORDER BY available DESC), array_agg(available ORDER BY available DESC), sum(available)
    INTO slots, units, free
    FROM (
        SELECT slot, available FROM stock WHERE product_id = p_product_id AND available > 0
        ORDER BY slot FOR NO KEY UPDATE
    ) AS locked;
    IF free IS NULL THEN
        RETURN;
    END IF;
    moved := array_fill(0, ARRAY[cardinality(slots)]);
    lapses := array_fill(NULL::timestamptz, ARRAY[cardinality(slots)]);
    -- In one pass: whoever does not fit now fits no later, because less and less is free.
    FOR waiter IN
        SELECT * FROM waiters WHERE product_id = p_product_id AND status = 'WAITING' AND quantity <= free
        ORDER BY number
    LOOP
        EXIT WHEN free = 0;
        CONTINUE WHEN waiter.quantity > free;
        moment := instant_now();
        refused := why_passed_over(waiter, product.max_per_shopper, moment);
        IF refused IS NULL THEN
            WHILE units[number] < waiter.quantity LOOP -- what is left in this slot moves to the next
                moved[number] := moved[number] - units[number];
                moved[number + 1] := moved[number + 1] + units[number];
                units[number + 1] := units[number + 1] + units[number];
                units[number] := 0;
                number := number + 1;
            END LOOP;
            offered := offer_from_slot(waiter, product, slots[number], moment);
            UPDATE waiters SET status = 'OFFERED', ended_at = moment, reservation_id = offered.id WHERE id = waiter.id;
            units[number] := units[number] - waiter.quantity;
            free := free - waiter.quantity;
            lapses[number] := least(lapses[number], offered.expires_at);
        ELSE
            UPDATE waiters SET status = 'PASSED_OVER', reason = refused, ended_at = moment WHERE id = waiter.id;
        END IF;
    END LOOP;

    -- Once at the end: a row that a transaction updates again and again is found more and more slowly.
    UPDATE stock SET total = total + change.moved, available = change.units,
                     first_lapse_at = least(first_lapse_at, change.lapse)
    FROM unnest(slots, moved, units, lapses) AS change (slot, moved, units, lapse)
    WHERE stock.product_id = p_product_id AND stock.slot = change.slot
        AND (change.moved <> 0 OR change.lapse IS NOT NULL);
END
$$;

-- Return why a waiter may not have the hold now, or NULL. The shopper's usage includes this place in the list.
CREATE OR REPLACE FUNCTION why_passed_over(p_waiter waiters, p_max_per_shopper integer, p_instant timestamptz)
RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    usage record;
BEGIN
    SELECT * INTO usage FROM shopper_usage(p_waiter.shopper_id, p_waiter.product_id, p_instant);
    RETURN coalesce(
        product_refusal(NULL, NULL, p_max_per_shopper, p_instant, 0, usage.units, NULL),
        hoarding_refusal(usage.lapses, usage.last_lapse, usage.active_holds - 1, p_instant,
                         p_waiter.max_active_holds, p_waiter.lapses_before_cooldown, p_waiter.cooldown_seconds)
    ) ->> 'reason';
END
$$;

-- Make the hold of a waiter, of units in one slot. The caller takes them out of stock.
CREATE OR REPLACE FUNCTION offer_from_slot(p_waiter waiters, p_product products, p_slot smallint, p_instant timestamptz)
RETURNS reservations
LANGUAGE plpgsql AS $$
DECLARE
    seconds integer := coalesce(p_waiter.offer_seconds, p_product.hold_seconds, p_waiter.hold_seconds);
    lapse timestamptz := p_instant + make_interval(secs => seconds);
    made reservations;
BEGIN
    INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at,
                              extensions_left)
    VALUES (p_product.id, p_slot, p_waiter.shopper_id, p_waiter.quantity, p_product.price, p_instant, lapse,
            p_waiter.max_extensions)
    RETURNING * INTO made;
    PERFORM set_config('synchronous_commit', 'on', true); -- do_not_wait_for_disk is for nothing but expired holds
    RAISE INFO USING MESSAGE = 'offered', DETAIL = jsonb_build_object(
        'reservation_id', made.id, 'waiter_id', p_waiter.id, 'product_id', p_product.id, 'seconds', seconds
    )::text;
    RETURN made;
END
$$;

-- Hand over what is in stock, if somebody waits.
CREATE OR REPLACE FUNCTION serve_waiters(p_product_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF lock_waiting_list(p_product_id) THEN
        PERFORM hand_over(p_product_id);
    END IF;
END
$$;
