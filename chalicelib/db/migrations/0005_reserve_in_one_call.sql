-- What the database functions of this version need. Only catalogue changes: nothing here reads or rewrites a table.

-- Over how many slots a product's units are spread. Reserves spread themselves over the slots by it.
ALTER TABLE products
    ADD COLUMN slots smallint NOT NULL DEFAULT 1,
    ADD CONSTRAINT products_slots_positive CHECK (slots > 0) NOT VALID;

-- No ACTIVE hold of the slot lapses before this instant. It may be earlier than the first lapse, never later; so it
-- is '-infinity' where nobody has kept it yet, and 'infinity' where there is no hold. While code of the version before
-- still reserves, a lapsed hold of its making counts as available once its message or the sweep has expired it.
ALTER TABLE stock ADD COLUMN first_lapse_at timestamptz(3) NOT NULL DEFAULT '-infinity';

-- A reservation's own row is its first journal entry. The columns are NULL where the journal has a row for it.
ALTER TABLE reservations ADD COLUMN journal_transaction xid8, ADD COLUMN journal_id bigint;
ALTER TABLE reservations
    ALTER COLUMN journal_transaction SET DEFAULT pg_current_xact_id(),
    ALTER COLUMN journal_id SET DEFAULT nextval('journal_id_seq');
DROP TRIGGER journal_reserved ON reservations;
DROP FUNCTION journal_reserved();

-- Which database a bus was told of: in another one, restored from a dump, transaction numbers begin anew. Entries up to
-- after_id were written before the restore.
ALTER TABLE publications ADD COLUMN database text, ADD COLUMN after_id bigint NOT NULL DEFAULT 0;

-- The functions write a slot that they have just updated, so the reference was checked at every reserve for nothing.
-- stock_balance reports a reservation without its slot.
ALTER TABLE reservations DROP CONSTRAINT reservations_of_a_slot;

-- Ids in the order of their creation touch the last page of the primary key instead of any page.
DO $$
BEGIN
    IF current_setting('server_version_num')::integer >= 180000 THEN
        ALTER TABLE reservations ALTER COLUMN id SET DEFAULT uuidv7();
    END IF;
END
$$;
