"""Bugs that are planted to see whether a rehearsal fails because of them."""

from infra.paths import ROOT
from tests.mutants import Mutant, mutated

FUNCTIONS = "chalicelib/db/functions"
TESTS = "tests/rehearse/test_verdict.py"

PLANTED = [
    Mutant(
        "reserve-without-stock-check",
        f"{FUNCTIONS}/take_units.sql",
        "    -- Each connection starts at another slot, so that connections rarely meet.\n",
        "    RETURN coalesce(p_slot, 0::smallint);\n",
        "a reserve takes no units and is never refused",
        TESTS,
    ),
    Mutant(
        "expiry-returns-units-twice",
        f"{FUNCTIONS}/expire_hold.sql",
        "        PERFORM give_back(ended.product_id, ended.slot, ended.quantity);\n",
        "        PERFORM give_back(ended.product_id, ended.slot, 2 * ended.quantity);\n",
        "a message gives the units of a lapsed hold back twice",
        TESTS,
    ),
    Mutant(
        "reply-of-another-shopper",
        f"{FUNCTIONS}/reserve.sql",
        "    outcome := 'reserved';\n",
        "    SELECT * INTO reservation FROM reservation_now WHERE product_id = p_product_id ORDER BY id LIMIT 1;\n"
        "    outcome := 'reserved';\n",
        "each reply names the first reservation of the sale",
        TESTS,
    ),
    Mutant(
        "message-ends-a-running-hold",
        f"{FUNCTIONS}/expire_hold.sql",
        "    UPDATE reservations SET status = 'EXPIRED', ended_at = clock.now, ended_by = 'message'\n"
        "    FROM (SELECT instant_now() AS now) AS clock\n"
        "    WHERE id = p_reservation_id AND status = 'ACTIVE' AND expires_at <= clock.now\n",
        "    UPDATE reservations SET status = 'EXPIRED', ended_at = clock.now, ended_by = 'message',\n"
        "        expires_at = least(expires_at, clock.now)\n"
        "    FROM (SELECT instant_now() AS now) AS clock\n"
        "    WHERE id = p_reservation_id AND status = 'ACTIVE'\n",
        "an extended hold is lost at its first lapse",
        TESTS,
    ),
    Mutant(
        "key-not-kept",
        f"{FUNCTIONS}/reserve.sql",
        "    IF p_key IS NOT NULL THEN\n        INSERT INTO idempotency_keys",
        "    IF false THEN\n        INSERT INTO idempotency_keys",
        "a repeated reserve reserves again",
        TESTS,
    ),
    Mutant(
        "cancel-loses-the-units",
        f"{FUNCTIONS}/cancel_hold.sql",
        "PERFORM give_back(",
        "PERFORM (",
        "the units of a cancelled hold are lost",
        TESTS,
    ),
]


def original(planted: Mutant) -> str:
    """Return the SQL without the bug."""
    return (ROOT / planted.file).read_text("utf-8")


def with_bug(planted: Mutant) -> str:
    """Return the SQL with the bug."""
    return mutated(original(planted), planted)
