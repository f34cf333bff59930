-- Let this transaction commit without waiting until its log is on the disk. Only for transactions that expire lapsed
-- holds and do nothing else: if a crash loses one, the holds read as expired all the same, and the next sweep expires
-- them again. A later reserve of the units waits for the disk, and the log is written in order.
CREATE OR REPLACE FUNCTION do_not_wait_for_disk() RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true); -- until the end of the transaction
END
$$;
