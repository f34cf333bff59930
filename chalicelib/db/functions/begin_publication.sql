-- Let a new bus start with whatever is not yet committed; leave another where it is.
-- In a database that was restored from a dump, transaction numbers begin anew. The bus then starts anew too, and is not
-- told again of what the dump holds: entries up to after_id.
CREATE OR REPLACE FUNCTION begin_publication(p_bus text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    known record;
    this_database text := (SELECT (pg_control_system()).system_identifier || '/' || oid
                           FROM pg_database WHERE datname = current_database());
    before_all_running xid8 := (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text::xid8;
    last_id bigint := (SELECT last_value FROM journal_id_seq);
BEGIN
    SELECT database INTO known FROM publications WHERE bus = p_bus;
    IF NOT FOUND THEN
        INSERT INTO publications (bus, transaction, id, database)
        VALUES (p_bus, before_all_running, last_id, this_database)
        ON CONFLICT (bus) DO NOTHING;
    ELSIF known.database IS NULL THEN
        UPDATE publications SET database = this_database WHERE bus = p_bus;
    ELSIF known.database <> this_database THEN
        UPDATE publications
        SET database = this_database, transaction = before_all_running, id = last_id, after_id = last_id
        WHERE bus = p_bus;
    END IF;
END
$$;
