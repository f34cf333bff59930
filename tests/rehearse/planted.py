"""Bugs that are planted to see whether a rehearsal fails because of them."""

from infra.paths import ROOT
from tests.mutants import Mutant, mutated

FUNCTIONS = "chalicelib/db/functions"
RESERVE, EXPIRE = f"{FUNCTIONS}/reserve.sql", f"{FUNCTIONS}/expire_hold.sql"
TESTS = "tests/rehearse/test_verdict.py"

PLANTED = [
    Mutant(
        "reserve-without-stock-check",
        RESERVE,
        "        UPDATE stock SET available = available - p_quantity, first_lapse_at = least(first_lapse_at, lapse)\n"
        "        WHERE (product_id, slot) = (\n"
        "            SELECT product_id, slot FROM stock\n"
        "            WHERE product_id = p_product_id AND slot = pg_backend_pid() % product.slots"
        " AND available >= p_quantity\n",
        "        UPDATE stock SET first_lapse_at = least(first_lapse_at, lapse)\n"
        "        WHERE (product_id, slot) = (\n"
        "            SELECT product_id, slot FROM stock\n"
        "            WHERE product_id = p_product_id AND slot = pg_backend_pid() % product.slots\n",
        "a reserve takes no units, and is granted if there are none",
        TESTS,
    ),
    Mutant(
        "expiry-returns-units-twice",
        EXPIRE,
        "        PERFORM give_back(held.product_id, held.slot, held.quantity);\n",
        "        PERFORM give_back(held.product_id, held.slot, 2 * held.quantity);\n",
        "a message gives the units of a lapsed hold back twice",
        TESTS,
    ),
    Mutant(
        "reply-of-another-shopper",
        RESERVE,
        "    outcome := 'reserved';\n",
        "    SELECT * INTO reservation FROM reservation_now WHERE product_id = p_product_id ORDER BY id LIMIT 1;\n"
        "    outcome := 'reserved';\n",
        "each reply names the first reservation of the sale",
        TESTS,
    ),
    Mutant(
        "message-ends-a-running-hold",
        EXPIRE,
        "    ELSIF held.expires_at > moment THEN\n"
        "        outcome := 'running';\n"
        "        seconds_left := extract(epoch FROM held.expires_at - moment)::double precision;\n"
        "    ELSE\n",
        "    ELSE\n        UPDATE reservations SET expires_at = least(expires_at, instant_now()) WHERE id = held.id;\n",
        "an extended hold is lost at its first lapse",
        TESTS,
    ),
    Mutant(
        "key-not-kept",
        RESERVE,
        "moment, lapse, p_max_extensions, p_key)",
        "moment, lapse, p_max_extensions, NULL)",
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
    Mutant(
        "last-come-first-served",
        f"{FUNCTIONS}/waiting_list.sql",
        "        ORDER BY number\n",
        "        ORDER BY number DESC\n",
        "who joined last gets the next unit",
        TESTS,
    ),
]


SOLD_OUT = ("reserve-without-stock-check", "last-come-first-served")
"""These bugs show only if there are fewer units than the shoppers want. For the others there are more."""


def original(planted: Mutant) -> str:
    """Return the SQL without the bug."""
    return (ROOT / planted.file).read_text("utf-8")


def with_bug(planted: Mutant) -> str:
    """Return the SQL with the bug."""
    return mutated(original(planted), planted)
