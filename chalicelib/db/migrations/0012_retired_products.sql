-- When a product was retired: the shop no longer lists it, and nobody can reserve it. NULL: it has not been retired.
-- Only a catalogue change: nothing here reads or rewrites a table.
ALTER TABLE products ADD COLUMN retired_at timestamptz(3);
