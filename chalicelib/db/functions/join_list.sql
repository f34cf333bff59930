-- Join the waiting list of a product. A shopper waits for a product at most once. `outcome` is one of:
--   'joined'          `waiter` is new
--   'replayed'        the shopper waits already, or holds what an earlier entry was offered; `waiter` is that entry
--   'already-waiting' the shopper waits for another quantity; `waiter` is that entry
--   'not-found'       there is no such product
--   'refused'         `refusal` has the reason
-- The parameters after p_max_waiters stand in the entry, for the hand-over. NULL is no limit; p_offer_seconds may be
-- NULL: the product's hold length applies.
CREATE OR REPLACE FUNCTION join_list(
    p_product_id uuid, p_shopper_id uuid, p_quantity integer, p_max_waiters integer, p_offer_seconds integer,
    p_hold_seconds integer, p_max_extensions integer,
    p_max_active_holds integer, p_lapses_before_cooldown integer, p_cooldown_seconds integer,
    OUT outcome text, OUT refusal jsonb, OUT waiter waiter_now
)
LANGUAGE plpgsql AS $$
DECLARE
    product record;
    usage record;
    moment timestamptz;
    made uuid;
BEGIN
    PERFORM lock_shopper(p_shopper_id);
    SELECT * INTO waiter FROM open_entry(p_shopper_id, p_product_id);
    IF waiter.id IS NOT NULL THEN
        outcome := CASE WHEN waiter.quantity = p_quantity THEN 'replayed' ELSE 'already-waiting' END;
        RETURN;
    END IF;

    SELECT name, max_per_shopper, sale_starts_at, sale_end(sale_ends_at, retired_at, paused) AS sale_ends_at
    INTO product FROM products WHERE id = p_product_id;
    IF NOT FOUND THEN
        outcome := 'not-found';
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(list_number(p_product_id, 0)); -- of those who give units back, nobody is on the way
    moment := instant_now();
    SELECT * INTO usage FROM shopper_usage(p_shopper_id, p_product_id, moment);
    refusal := coalesce(
        product_refusal(product.sale_starts_at, product.sale_ends_at, product.max_per_shopper,
                        moment, p_quantity, usage.units, usage.hold_id),
        hoarding_refusal(usage.lapses, usage.last_lapse, usage.active_holds, moment,
                         p_max_active_holds, p_lapses_before_cooldown, p_cooldown_seconds),
        list_refusal(p_product_id, p_shopper_id, p_quantity, p_max_waiters, moment));
    IF refusal IS NOT NULL THEN
        outcome := 'refused';
        refusal := refusal || jsonb_build_object('product_name', product.name);
        RETURN;
    END IF;

    INSERT INTO waiters (product_id, shopper_id, quantity, created_at, offer_seconds, hold_seconds, max_extensions,
                         max_active_holds, lapses_before_cooldown, cooldown_seconds)
    VALUES (p_product_id, p_shopper_id, p_quantity, moment, p_offer_seconds, p_hold_seconds, p_max_extensions,
            p_max_active_holds, p_lapses_before_cooldown, p_cooldown_seconds)
    RETURNING id INTO made;
    SELECT * INTO waiter FROM waiter_now WHERE id = made;
    outcome := 'joined';
END
$$;

-- Return the entry with which a shopper waits for a product, or else the one whose offer is still running.
CREATE OR REPLACE FUNCTION open_entry(p_shopper_id uuid, p_product_id uuid) RETURNS waiter_now
LANGUAGE sql VOLATILE AS $$
    SELECT entry FROM waiter_now AS entry
    LEFT JOIN reservation_now AS offered ON offered.id = entry.reservation_id
    WHERE entry.shopper_id = p_shopper_id AND entry.product_id = p_product_id
      AND (entry.status = 'WAITING' OR offered.status = 'ACTIVE')
    ORDER BY entry.status <> 'WAITING', entry.created_at DESC LIMIT 1;
$$;

-- Return why the list itself takes nobody now, or NULL: the shopper has joined lists too often, the units can be
-- reserved, or the list is full. The caller has locked the list against others who join and who give units back.
CREATE OR REPLACE FUNCTION list_refusal(
    p_product_id uuid, p_shopper_id uuid, p_quantity integer, p_max_waiters integer, p_instant timestamptz
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    waiting integer := count_waiting(p_product_id);
    free bigint;
BEGIN
    -- Each entry stays as a row: 20 an hour are enough for a shopper, and bound what a loop can leave behind.
    IF (SELECT count(*) FROM (SELECT FROM waiters WHERE shopper_id = p_shopper_id
                              AND created_at > p_instant - interval '1 hour' LIMIT 20) AS recent) = 20 THEN
        RETURN jsonb_build_object('reason', 'too-many-joins');
    END IF;
    IF waiting = 0 THEN
        SELECT units INTO free FROM units_within_reach(p_product_id);
    ELSE -- units of lapsed holds are for those who wait already
        SELECT sum(available) INTO free FROM stock WHERE product_id = p_product_id;
    END IF;
    IF free >= p_quantity THEN
        RETURN jsonb_build_object('reason', 'in-stock', 'available', free);
    END IF;
    IF waiting >= p_max_waiters THEN
        RETURN jsonb_build_object('reason', 'waiting-list-full', 'limit', p_max_waiters);
    END IF;
    RETURN NULL;
END
$$;

-- WAITING → LEFT, if the entry is the shopper's. Returns the entry as it reads afterwards, or no row if the shopper has
-- no entry with this id.
CREATE OR REPLACE FUNCTION leave_list(p_waiter_id uuid, p_shopper_id uuid) RETURNS SETOF waiter_now
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_waiting_list(product_id) FROM waiters WHERE id = p_waiter_id AND shopper_id = p_shopper_id;
    UPDATE waiters SET status = 'LEFT', ended_at = instant_now()
    WHERE id = p_waiter_id AND shopper_id = p_shopper_id AND status = 'WAITING';
    RETURN QUERY SELECT * FROM waiter_now WHERE id = p_waiter_id AND shopper_id = p_shopper_id;
END
$$;
