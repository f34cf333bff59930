-- Products, their stock, and the reservations that hold or have sold it.
-- Instants have the API's precision, milliseconds, so that what a shopper reads is what the database compares.

-- The clock that decides: read when a row is looked at, so that waiting for a lock is not time travel.
CREATE FUNCTION instant_now() RETURNS timestamptz LANGUAGE sql VOLATILE
RETURN date_trunc('milliseconds', clock_timestamp());

-- The clock of a statement that only reads or skips locked rows: the same for all of its rows, and usable by indexes.
CREATE FUNCTION instant_of_statement() RETURNS timestamptz LANGUAGE sql STABLE
RETURN date_trunc('milliseconds', statement_timestamp());

CREATE TABLE products (
    id             uuid           PRIMARY KEY DEFAULT gen_random_uuid(),
    name           text           NOT NULL,
    price          numeric(10, 2) NOT NULL,
    hold_seconds   integer,                   -- NULL: the system's HOLD_SECONDS
    sale_starts_at timestamptz(3),            -- NULL: always open on that side
    sale_ends_at   timestamptz(3),
    CONSTRAINT products_name_present CHECK (name ~ '\S' AND length(name) <= 200),
    CONSTRAINT products_price_not_negative CHECK (price >= 0),
    CONSTRAINT products_hold_seconds_in_range CHECK (hold_seconds BETWEEN 1 AND 43200),
    CONSTRAINT products_sale_ends_after_start CHECK (sale_ends_at > sale_starts_at)
);

-- A product's units lie in one or more slots, so that shoppers of one hot product need not wait on one row.
-- Per slot, always: total = available + held (ACTIVE) + sold (COMPLETED) of the reservations that name the slot.
CREATE TABLE stock (
    product_id uuid     NOT NULL REFERENCES products (id),
    slot       smallint NOT NULL,
    total      integer  NOT NULL,
    available  integer  NOT NULL,
    PRIMARY KEY (product_id, slot),
    CONSTRAINT stock_slot_not_negative CHECK (slot >= 0),
    CONSTRAINT stock_available_not_negative CHECK (available >= 0),
    CONSTRAINT stock_available_within_total CHECK (available <= total)
) WITH (fillfactor = 10); -- free space on every page: updates of the hot rows stay on their page and touch no index

CREATE TYPE reservation_status AS ENUM (
    'ACTIVE',    -- holds its units until expires_at; becomes one of the three below
    'COMPLETED', -- paid before the lapse; final, the units are sold
    'CANCELLED', -- given back by the shopper before the lapse; final
    'EXPIRED'    -- lapsed, and its units went back to stock; final
);

CREATE TABLE reservations (
    id         uuid               PRIMARY KEY DEFAULT gen_random_uuid(),
    product_id uuid               NOT NULL,
    slot       smallint           NOT NULL,
    shopper_id uuid               NOT NULL,    -- the nil UUID: anonymous
    quantity   integer            NOT NULL,
    unit_price numeric(10, 2)     NOT NULL,    -- at the time of the reservation
    status     reservation_status NOT NULL DEFAULT 'ACTIVE',
    created_at timestamptz(3)     NOT NULL,
    expires_at timestamptz(3)     NOT NULL,
    ended_at   timestamptz(3),                 -- when it left ACTIVE; of an EXPIRED one, when the units went back
    ended_by   text,                           -- who ended it
    -- To the stock row, which the reserving transaction holds anyway: a reference to products would make
    -- every reserve write a shared lock into the one row that all of them share.
    CONSTRAINT reservations_of_a_slot FOREIGN KEY (product_id, slot) REFERENCES stock (product_id, slot),
    CONSTRAINT reservations_quantity_in_range CHECK (quantity BETWEEN 1 AND 100),
    CONSTRAINT reservations_unit_price_not_negative CHECK (unit_price >= 0),
    CONSTRAINT reservations_expire_after_creation CHECK (expires_at > created_at),
    CONSTRAINT reservations_ended_by_known CHECK (ended_by IN ('shopper', 'message', 'sweep', 'reclaim')),
    CONSTRAINT reservations_ended_unless_active CHECK (
        (status = 'ACTIVE') = (ended_at IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL)
    ),
    CONSTRAINT reservations_expired_only_after_lapse CHECK (status <> 'EXPIRED' OR ended_at >= expires_at),
    CONSTRAINT reservations_completed_only_before_lapse CHECK (status <> 'COMPLETED' OR ended_at < expires_at),
    CONSTRAINT reservations_cancelled_only_before_lapse CHECK (status <> 'CANCELLED' OR ended_at < expires_at)
);

-- Lapsed holds of a product, and its next release.
CREATE INDEX reservations_active_holds ON reservations (product_id, expires_at, id) INCLUDE (quantity)
    WHERE status = 'ACTIVE';

-- A shopper's reservations, newest first.
CREATE INDEX reservations_of_a_shopper ON reservations (shopper_id, created_at DESC, id DESC);

-- Is every unit in exactly one place? One row per product; an operator can read it any time.
CREATE VIEW stock_balance AS
SELECT product.id AS product_id, product.name,
       sum(stock.total)::integer AS total,
       sum(stock.available)::integer AS available,
       sum(coalesce(kept.held, 0))::integer AS held,
       sum(coalesce(kept.sold, 0))::integer AS sold,
       bool_and(stock.total = stock.available + coalesce(kept.held, 0) + coalesce(kept.sold, 0)) AS balanced
FROM products AS product
JOIN stock ON stock.product_id = product.id
LEFT JOIN (
    SELECT product_id, slot,
           sum(quantity) FILTER (WHERE status = 'ACTIVE') AS held,
           sum(quantity) FILTER (WHERE status = 'COMPLETED') AS sold
    FROM reservations
    WHERE status IN ('ACTIVE', 'COMPLETED')
    GROUP BY product_id, slot
) AS kept ON kept.product_id = stock.product_id AND kept.slot = stock.slot
GROUP BY product.id;
