-- Delete at most p_limit idempotency keys older than a day, the oldest first; passes over locked ones. Returns how many.
CREATE OR REPLACE FUNCTION purge_idempotency_keys(p_limit integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    deleted integer;
BEGIN
    DELETE FROM idempotency_keys WHERE (shopper_id, key) IN (
        SELECT shopper_id, key FROM idempotency_keys WHERE created_at < instant_of_statement() - interval '24 hours'
        ORDER BY created_at LIMIT p_limit FOR UPDATE SKIP LOCKED
    );
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;

-- Delete at most p_limit counts of guest tokens older than an hour, likewise.
CREATE OR REPLACE FUNCTION purge_guest_tokens(p_limit integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    deleted integer;
BEGIN
    DELETE FROM guest_tokens WHERE (minute, address) IN (
        SELECT minute, address FROM guest_tokens WHERE minute < instant_of_statement() - interval '1 hour'
        ORDER BY minute LIMIT p_limit FOR UPDATE SKIP LOCKED
    );
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;

-- Delete at most p_limit counts of refusals older than an hour, likewise.
CREATE OR REPLACE FUNCTION purge_refusals(p_limit integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    deleted integer;
BEGIN
    DELETE FROM refusals WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM refusals WHERE at < instant_of_statement() - interval '1 hour'
        ORDER BY at LIMIT p_limit FOR UPDATE SKIP LOCKED
    ));
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;
