"""Bugs that are planted to see whether a rehearsal fails because of them."""

from infra.paths import ROOT
from tests.mutants import Mutant, mutated

FUNCTIONS = "chalicelib/db/functions"
TESTS = "tests/rehearse/test_verdict.py"

TAKE = """\
        UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, lapse)
        WHERE (product_id, slot) = (
            SELECT product_id, slot FROM stock
            WHERE product_id = p_product_id AND slot = pg_backend_pid() % product.slots AND available >= p_quantity
            FOR NO KEY UPDATE SKIP LOCKED
        )
        RETURNING slot INTO taken;
        IF taken IS NULL THEN
            taken := take_units_anywhere(p_product_id, p_quantity, product.hold_seconds);
        END IF;
"""
EXPIRE = """\
    ELSIF held.expires_at > instant_now() THEN
        outcome := 'running';
        seconds_left := extract(epoch FROM held.expires_at - instant_now())::double precision;
    ELSE
        PERFORM do_not_wait_for_disk();
        UPDATE reservations SET status = 'EXPIRED', ended_at = instant_now(), ended_by = 'message'
"""

PLANTED = [
    Mutant(
        "reserve-without-stock-check",
        f"{FUNCTIONS}/reserve.sql",
        TAKE,
        "        taken := 0;\n",
        "a reserve takes no units and is never refused",
        TESTS,
    ),
    Mutant(
        "expiry-returns-units-twice",
        f"{FUNCTIONS}/expire_hold.sql",
        "PERFORM give_back(held.product_id, held.slot, held.quantity);",
        "PERFORM give_back(held.product_id, held.slot, 2 * held.quantity);",
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
        EXPIRE,
        EXPIRE.replace("held.expires_at > instant_now()", "false").replace(
            "ended_by = 'message'", "ended_by = 'message', expires_at = least(expires_at, instant_now())"
        ),
        "an extended hold is lost at its first lapse",
        TESTS,
    ),
    Mutant(
        "key-not-kept",
        f"{FUNCTIONS}/reserve.sql",
        "p_max_extensions, p_key)\n    RETURNING",
        "p_max_extensions, NULL)\n    RETURNING",
        "a repeated reserve reserves again",
        TESTS,
    ),
    Mutant(
        "cancel-loses-the-units",
        f"{FUNCTIONS}/cancel_hold.sql",
        "PERFORM give_back(held.product_id, held.slot, held.quantity);",
        "NULL;",
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
