-- Return why a shopper may not make another hold now: too many lapsed or cancelled holds, or too many running holds.
-- Returns NULL if the shopper may make one.
CREATE OR REPLACE FUNCTION hoarding_refusal(
    p_lapses integer, p_last_lapse timestamptz, p_active_holds integer, p_instant timestamptz,
    p_max_active_holds integer, p_lapses_before_cooldown integer, p_cooldown_seconds integer
) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    until timestamptz := p_last_lapse + make_interval(secs => p_cooldown_seconds);
BEGIN
    IF p_lapses >= p_lapses_before_cooldown AND until > p_instant THEN
        RETURN jsonb_build_object('reason', 'cooling-down', 'lapses', p_lapses, 'until', until,
                                  'seconds', extract(epoch FROM until - p_instant));
    END IF;
    IF p_active_holds >= p_max_active_holds THEN
        RETURN jsonb_build_object('reason', 'too-many-holds', 'active_holds', p_active_holds,
                                  'limit', p_max_active_holds);
    END IF;
    RETURN NULL;
END
$$;
