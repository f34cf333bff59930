-- The waiting list. Only catalogue changes to the tables that exist: nothing here reads or rewrites them.

CREATE TYPE waiter_status AS ENUM (
    'WAITING',    -- becomes one of the three below, which are final
    'OFFERED',    -- got a hold of its own, reservation_id
    'LEFT',       -- the shopper left
    'PASSED_OVER' -- could not be served when it was its turn; reason says why
);

-- An entry in the waiting list of a product. What the configuration said at the join stands in the entry, so that
-- whoever gives units back needs no configuration.
CREATE TABLE waiters (
    id                     uuid           PRIMARY KEY DEFAULT gen_random_uuid(),
    number                 bigint         GENERATED ALWAYS AS IDENTITY, -- the order of joining
    product_id             uuid           NOT NULL REFERENCES products (id),
    shopper_id             uuid           NOT NULL,
    quantity               integer        NOT NULL,
    status                 waiter_status  NOT NULL DEFAULT 'WAITING',
    reason                 text,                    -- of a PASSED_OVER entry
    created_at             timestamptz(3) NOT NULL,
    ended_at               timestamptz(3),          -- when it left WAITING
    reservation_id         uuid,                    -- of an OFFERED entry
    offer_seconds          integer,                 -- NULL: the product's hold length
    hold_seconds           integer        NOT NULL, -- applies if the product has no hold length either
    max_extensions         integer        NOT NULL,
    max_active_holds       integer,                 -- NULL: no limit
    lapses_before_cooldown integer,                 -- likewise
    cooldown_seconds       integer        NOT NULL,
    CONSTRAINT waiters_quantity_in_range CHECK (quantity BETWEEN 1 AND 100),
    CONSTRAINT waiters_are_not_anonymous CHECK (shopper_id <> '00000000-0000-0000-0000-000000000000'),
    CONSTRAINT waiters_ended_unless_waiting CHECK ((status = 'WAITING') = (ended_at IS NULL)),
    CONSTRAINT waiters_reserved_if_offered CHECK ((status = 'OFFERED') = (reservation_id IS NOT NULL)),
    CONSTRAINT waiters_reason_if_passed_over CHECK ((status = 'PASSED_OVER') = (reason IS NOT NULL)),
    CONSTRAINT waiters_hold_seconds_positive CHECK (hold_seconds > 0 AND offer_seconds > 0)
);

-- The list of a product, in order. One shopper waits for a product at most once.
CREATE INDEX waiters_in_line ON waiters (product_id, number) INCLUDE (quantity) WHERE status = 'WAITING';
CREATE UNIQUE INDEX waiters_wait_once ON waiters (shopper_id, product_id) WHERE status = 'WAITING';
-- A shopper's entries, newest first.
CREATE INDEX waiters_of_a_shopper ON waiters (shopper_id, number DESC);
-- The entry that a reservation was offered to.
CREATE UNIQUE INDEX waiters_offered ON waiters (reservation_id) WHERE reservation_id IS NOT NULL;

-- The journal tells of the entries too. These rows name the entry and no reservation, so that the version before does
-- not find them in the timeline of a reservation.
ALTER TYPE journal_event ADD VALUE 'JOINED';
ALTER TYPE journal_event ADD VALUE 'OFFERED';
ALTER TYPE journal_event ADD VALUE 'LEFT';
ALTER TYPE journal_event ADD VALUE 'PASSED_OVER';
ALTER TABLE journal
    ADD COLUMN waiter_id uuid,
    DROP CONSTRAINT journal_names_a_reservation,
    ADD CONSTRAINT journal_names_its_subject CHECK (
        (event = 'RESTOCKED' OR waiter_id IS NOT NULL) = (reservation_id IS NULL)
    ) NOT VALID;

CREATE FUNCTION journal_waiter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO journal (at, event, product_id, waiter_id, quantity, by)
    VALUES (coalesce(NEW.ended_at, NEW.created_at),
            (CASE NEW.status WHEN 'WAITING' THEN 'JOINED' ELSE NEW.status::text END)::journal_event,
            NEW.product_id, NEW.id, NEW.quantity,
            CASE WHEN NEW.status IN ('WAITING', 'LEFT') THEN 'shopper' ELSE 'waiting-list' END);
    RETURN NULL;
END
$$;
CREATE TRIGGER journal_joined AFTER INSERT ON waiters FOR EACH ROW EXECUTE FUNCTION journal_waiter();
CREATE TRIGGER journal_left_the_line AFTER UPDATE OF status ON waiters
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION journal_waiter();
