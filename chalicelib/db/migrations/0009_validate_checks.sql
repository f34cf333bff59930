-- Reads the whole tables, and blocks nobody meanwhile.
ALTER TABLE stock VALIDATE CONSTRAINT stock_valid;
ALTER TABLE reservations VALIDATE CONSTRAINT reservations_valid;
