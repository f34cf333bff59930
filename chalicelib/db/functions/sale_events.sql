-- The events of all products from p_from until before p_until, counted by product, kind and who caused them.
-- `entries` counts reservations (of RESTOCKED: restocks), `units` their units. Reads only that part of the tables, by
-- the indexes journal_times and reservations_times.
CREATE OR REPLACE FUNCTION sale_events(p_from timestamptz, p_until timestamptz)
RETURNS TABLE (product_id uuid, event text, by text, entries bigint, units bigint)
LANGUAGE sql STABLE AS $$
    SELECT product_id, event::text, by, count(*), sum(quantity) FROM journal_entries
    WHERE at >= p_from AND at < p_until
    GROUP BY product_id, event, by;
$$;

-- How late the units of each hold returned to stock, for the holds that were expired from p_from until before p_until:
-- the seconds between the lapse and the transaction that expired the hold.
CREATE OR REPLACE FUNCTION expiry_delays(p_from timestamptz, p_until timestamptz)
RETURNS TABLE (product_id uuid, seconds double precision)
LANGUAGE sql STABLE AS $$
    SELECT entry.product_id, extract(epoch FROM entry.at - hold.expires_at)::double precision
    FROM journal AS entry JOIN reservations AS hold ON hold.id = entry.reservation_id
    WHERE entry.at >= p_from AND entry.at < p_until AND entry.event = 'EXPIRED';
$$;
