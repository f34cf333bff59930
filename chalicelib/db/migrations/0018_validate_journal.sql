-- Reads the whole table, and blocks nobody meanwhile.
ALTER TABLE journal VALIDATE CONSTRAINT journal_names_its_subject;
