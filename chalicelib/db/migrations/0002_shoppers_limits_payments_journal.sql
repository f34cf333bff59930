-- What a real sale needs: limits, idempotency keys, extensions, late payments, admin changes, and a journal.
-- Under traffic: only catalogue changes are made to the tables of 0001 here; what reads them whole follows in 0003 and 0004.

ALTER TABLE products
    ADD COLUMN max_per_shopper integer, -- held and bought together; NULL: no limit
    ADD CONSTRAINT products_max_per_shopper_positive CHECK (max_per_shopper > 0);

ALTER TABLE reservations
    ADD COLUMN extensions      smallint NOT NULL DEFAULT 0, -- how often the hold has been extended
    ADD COLUMN extensions_left smallint NOT NULL DEFAULT 0, -- how often it still may be
    ADD COLUMN replaces        uuid,                        -- the lapsed one that a late payment was for
    ADD CONSTRAINT reservations_extensions_not_negative CHECK (extensions >= 0 AND extensions_left >= 0) NOT VALID;

-- How much of the sale a shopper has already. A shopper's reserves wait for each other here, and for nobody else's:
-- the lock comes first, so that what is counted then is what the others left behind. In PL/pgSQL, where each statement
-- sees what was committed before it began; in one plain statement the count would be older than the wait.
CREATE FUNCTION shopper_standing(the_shopper uuid, the_product uuid)
RETURNS TABLE (units integer, active_holds integer, lapses integer, last_lapse timestamptz)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    now timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(the_shopper::text, 0));
    now := instant_now();
    RETURN QUERY
        SELECT coalesce(sum(quantity) FILTER (WHERE product_id = the_product AND NOT lapsed), 0)::integer,
               count(*) FILTER (WHERE status = 'ACTIVE' AND NOT lapsed)::integer,
               count(*) FILTER (WHERE product_id = the_product AND lapsed)::integer,
               max(expires_at) FILTER (WHERE product_id = the_product AND lapsed)
        FROM (
            SELECT product_id, quantity, status, expires_at,
                   status = 'EXPIRED' OR (status = 'ACTIVE' AND expires_at <= now) AS lapsed
            FROM reservations
            WHERE shopper_id = the_shopper AND status <> 'CANCELLED'
              AND shopper_id <> '00000000-0000-0000-0000-000000000000' -- as the index of 0003 has it; the anonymous have none
        ) AS kept;
END
$$;

-- Written in the transaction of the reserve that it names, so that a retry finds either both or neither.
CREATE TABLE idempotency_keys (
    shopper_id     uuid           NOT NULL,
    key            text           NOT NULL COLLATE "C",
    reservation_id uuid           NOT NULL,
    created_at     timestamptz(3) NOT NULL,
    PRIMARY KEY (shopper_id, key),
    CONSTRAINT idempotency_keys_length_in_range CHECK (length(key) BETWEEN 1 AND 255)
);
CREATE INDEX idempotency_keys_oldest ON idempotency_keys (created_at);

-- How many guest tokens an address was given in a minute.
CREATE TABLE guest_tokens (
    address inet        NOT NULL,
    minute  timestamptz NOT NULL,
    issued  integer     NOT NULL,
    PRIMARY KEY (minute, address),
    CONSTRAINT guest_tokens_issued_positive CHECK (issued > 0)
);

CREATE TYPE payment_outcome AS ENUM (
    'SETTLED',        -- it bought the reservation completed_id
    'REFUND_REQUIRED' -- it bought nothing, for the hold had lapsed or ended otherwise: the money must go back
);

-- What became of each payment that the provider confirmed.
CREATE TABLE payments (
    reference      text            PRIMARY KEY COLLATE "C",
    reservation_id uuid            NOT NULL REFERENCES reservations (id), -- what it was made for
    amount         numeric(12, 2)  NOT NULL,
    outcome        payment_outcome NOT NULL,
    completed_id   uuid            REFERENCES reservations (id),
    recorded_at    timestamptz(3)  NOT NULL DEFAULT instant_now(),
    CONSTRAINT payments_reference_length_in_range CHECK (length(reference) BETWEEN 1 AND 255),
    CONSTRAINT payments_amount_not_negative CHECK (amount >= 0),
    CONSTRAINT payments_complete_a_reservation_once UNIQUE (completed_id),
    CONSTRAINT payments_completed_if_settled CHECK ((outcome = 'SETTLED') = (completed_id IS NOT NULL))
);
CREATE UNIQUE INDEX payments_settled_once ON payments (reservation_id) WHERE outcome = 'SETTLED';
CREATE INDEX payments_to_refund ON payments (recorded_at) WHERE outcome = 'REFUND_REQUIRED';

-- Who changed what in the shop, and when.
CREATE TABLE admin_changes (
    id         bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    made_at    timestamptz(3) NOT NULL DEFAULT instant_now(),
    made_by    text           NOT NULL, -- the admin token's subject
    product_id uuid           NOT NULL REFERENCES products (id),
    action     text           NOT NULL,
    details    jsonb          NOT NULL, -- what was asked for
    CONSTRAINT admin_changes_made_by_someone CHECK (made_by <> ''),
    CONSTRAINT admin_changes_action_known CHECK (action IN ('create', 'change', 'restock'))
);

CREATE TYPE journal_event AS ENUM ('RESTOCKED', 'RESERVED', 'EXTENDED', 'COMPLETED', 'CANCELLED', 'EXPIRED');

-- Everything that ever moved a unit, in the transaction that moved it. Only ever appended to.
CREATE TABLE journal (
    transaction    xid8           NOT NULL DEFAULT pg_current_xact_id(), -- a reader who passes over no running one misses none
    id             bigint         GENERATED ALWAYS AS IDENTITY,
    at             timestamptz(3) NOT NULL,
    event          journal_event  NOT NULL,
    product_id     uuid           NOT NULL,
    reservation_id uuid,                    -- NULL: RESTOCKED
    quantity       integer        NOT NULL, -- of RESTOCKED: negative where units were taken out
    by             text           NOT NULL, -- shopper, message, sweep, reclaim or admin
    PRIMARY KEY (transaction, id),
    CONSTRAINT journal_names_a_reservation CHECK ((event = 'RESTOCKED') = (reservation_id IS NULL))
);
-- Without the entry that every reservation begins with: its own row says the same, and a reserve is spared this write.
CREATE INDEX journal_of_a_reservation ON journal (reservation_id) WHERE event <> 'RESERVED';

CREATE FUNCTION journal_is_only_appended_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The journal is only ever appended to.';
END
$$;
CREATE TRIGGER journal_is_only_appended_to BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_only_appended_to();

-- By triggers: whatever changes a reservation, an older version of the service included, can't leave the journal out.
CREATE FUNCTION journal_reserved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO journal (at, event, product_id, reservation_id, quantity, by)
    VALUES (NEW.created_at, 'RESERVED', NEW.product_id, NEW.id, NEW.quantity, 'shopper');
    RETURN NULL;
END
$$;
CREATE TRIGGER journal_reserved AFTER INSERT ON reservations
    FOR EACH ROW EXECUTE FUNCTION journal_reserved();

CREATE FUNCTION journal_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO journal (at, event, product_id, reservation_id, quantity, by)
    VALUES (NEW.ended_at, NEW.status::text::journal_event, NEW.product_id, NEW.id, NEW.quantity, NEW.ended_by);
    RETURN NULL;
END
$$;
CREATE TRIGGER journal_ended AFTER UPDATE OF status ON reservations
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION journal_ended();

CREATE FUNCTION journal_extended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO journal (at, event, product_id, reservation_id, quantity, by)
    VALUES (instant_now(), 'EXTENDED', NEW.product_id, NEW.id, NEW.quantity, 'shopper');
    RETURN NULL;
END
$$;
CREATE TRIGGER journal_extended AFTER UPDATE OF extensions ON reservations
    FOR EACH ROW WHEN (OLD.extensions <> NEW.extensions) EXECUTE FUNCTION journal_extended();

-- How far the journal has been published, per event bus.
CREATE TABLE publications (
    bus         text PRIMARY KEY,
    transaction xid8   NOT NULL, -- everything up to and including (transaction, id) has been sent
    id          bigint NOT NULL
);

-- Stock as the journal tells it, to be compared with stock_balance.
CREATE VIEW journal_balance AS
SELECT product_id,
       coalesce(sum(quantity) FILTER (WHERE event = 'RESTOCKED'), 0)::integer AS total,
       (coalesce(sum(quantity) FILTER (WHERE event IN ('RESTOCKED', 'CANCELLED', 'EXPIRED')), 0)
           - coalesce(sum(quantity) FILTER (WHERE event = 'RESERVED'), 0))::integer AS available,
       (coalesce(sum(quantity) FILTER (WHERE event = 'RESERVED'), 0)
           - coalesce(sum(quantity) FILTER (WHERE event IN ('COMPLETED', 'CANCELLED', 'EXPIRED')), 0))::integer AS held,
       coalesce(sum(quantity) FILTER (WHERE event = 'COMPLETED'), 0)::integer AS sold
FROM journal
GROUP BY product_id;
