"""Mutants of the waiting list: of joining and leaving it, and of the hand-over."""

from tests.mutants import Mutant
from tests.mutants.holds import FUNCTIONS, RESERVE, TESTS
from tests.mutants.stock import TAKE

LIST = f"{FUNCTIONS}/waiting_list.sql"
JOIN = f"{FUNCTIONS}/join_list.sql"
USAGE = f"{FUNCTIONS}/shopper_usage.sql"
HANDED_OVER = f"{TESTS}/test_waiting_list.py"
JOINED = f"{TESTS}/test_joining.py"
RIVALS = f"{TESTS}/test_waiting_rivals.py"

LOCK_FOR_A_CANCEL = """\
    PERFORM lock_waiting_list(product_id) FROM reservations WHERE id = p_reservation_id AND shopper_id = p_shopper_id;
"""

MUTANTS = [
    Mutant(
        "cancel-without-the-lists-lock",
        f"{FUNCTIONS}/cancel_hold.sql",
        LOCK_FOR_A_CANCEL,
        "",
        "who joins while units return waits although they are in stock",
        RIVALS,
    ),
    Mutant(
        "release-without-the-lists-lock",
        f"{FUNCTIONS}/release_hold.sql",
        "    PERFORM lock_waiting_list(product_id) FROM reservations WHERE id = p_reservation_id;\n",
        "",
        "who joins while an admin releases a hold waits although its units are in stock",
        RIVALS,
    ),
    Mutant(
        "message-without-the-lists-lock",
        f"{FUNCTIONS}/expire_hold.sql",
        "is_awaited := lock_waiting_list(held.product_id, p_wait);",
        "is_awaited := somebody_waits(held.product_id);",
        "who joins while a message expires a hold waits although its units are in stock",
        RIVALS,
    ),
    Mutant(
        "sweep-without-the-lists-lock",
        f"{FUNCTIONS}/sweep_slot.sql",
        "    PERFORM lock_waiting_list(p_product_id);\n",
        "",
        "who joins while a sweep expires holds waits although their units are in stock",
        RIVALS,
    ),
    Mutant(
        "join-without-the-lists-lock",
        JOIN,
        "PERFORM pg_advisory_xact_lock(list_number(p_product_id, 0));",
        "",
        "who returns units does not see who has just joined",
        RIVALS,
    ),
    Mutant(
        "message-waits-for-the-list",
        f"{FUNCTIONS}/expire_hold.sql",
        "lock_waiting_list(held.product_id, p_wait)",
        "lock_waiting_list(held.product_id)",
        "a batch of messages outlives the function behind a join",
        RIVALS,
    ),
    Mutant(
        "returned-units-are-not-handed-over",
        f"{FUNCTIONS}/give_back.sql",
        "PERFORM hand_over(p_product_id);",
        "NULL;",
        "returned units are for everybody until the next sweep",
        HANDED_OVER,
    ),
    Mutant(
        "restocked-units-are-not-handed-over",
        f"{FUNCTIONS}/restock.sql",
        "PERFORM hand_over(p_product_id);",
        "NULL;",
        "new units are for everybody until the next sweep",
        HANDED_OVER,
    ),
    Mutant(
        "newcomer-before-those-who-wait",
        TAKE,
        "    PERFORM hand_over(p_product_id);\n",
        "",
        "a newcomer takes lapsed units that others wait for",
        " ".join(
            (
                HANDED_OVER,
                "tests/concurrency/test_waiting.py::test_two_hundred_wait_for_twenty_units_and_the_first_twenty_get_them",
            )
        ),
    ),
    Mutant(
        "newcomer-does-not-look-at-the-list",
        TAKE,
        "IF lock_waiting_list(p_product_id) THEN",
        "IF false THEN",
        "a newcomer takes the place of a lapsed hold that others wait for",
        HANDED_OVER,
    ),
    Mutant(
        "last-come-first-served",
        LIST,
        "        ORDER BY number\n",
        "        ORDER BY number DESC\n",
        "who joined last is served first",
        " ".join(
            (
                HANDED_OVER,
                "tests/concurrency/test_waiting.py::test_two_hundred_wait_for_twenty_units_and_the_first_twenty_get_them",
            )
        ),
    ),
    Mutant(
        "first-in-line-blocks-the-others",
        LIST,
        "CONTINUE WHEN waiter.quantity > free;",
        "EXIT WHEN waiter.quantity > free;",
        "who waits for more than there is is served, or blocks everybody behind",
        HANDED_OVER,
    ),
    Mutant(
        "hand-over-counts-no-unit",
        LIST,
        "free := free - waiter.quantity;",
        "NULL;",
        "more is handed over than there is",
        HANDED_OVER,
    ),
    Mutant(
        "hand-over-skips-locked-slots",
        LIST,
        "        ORDER BY slot FOR NO KEY UPDATE\n",
        "        ORDER BY slot FOR NO KEY UPDATE SKIP LOCKED\n",
        "units that a newcomer leaves are not handed over together with those that return",
        RIVALS,
    ),
    Mutant(
        "message-waits-for-another-slot",
        f"{FUNCTIONS}/expire_hold.sql",
        "(slot = held.slot OR is_awaited AND available > 0)",
        "slot = held.slot",
        "a batch of messages outlives the function behind a newcomer",
        RIVALS,
    ),
    Mutant(
        "two-hand-overs-at-once",
        LIST,
        "PERFORM pg_advisory_xact_lock(list_number(p_product_id, 1));",
        "NULL;",
        "two who return units to different slots wait for each other",
        RIVALS,
    ),
    Mutant(
        "hand-over-without-limits",
        LIST,
        "refused := why_passed_over(waiter, product.max_per_shopper, moment);",
        "refused := NULL;",
        "who waits gets a hold that a limit forbids",
        JOINED,
    ),
    Mutant(
        "leave-without-the-lists-lock",
        JOIN,
        "PERFORM lock_waiting_list(product_id) FROM waiters WHERE id",
        "PERFORM FROM waiters WHERE id",
        "who has just left gets a hold",
        RIVALS,
    ),
    Mutant(
        "units-waited-for-do-not-count",
        USAGE,
        "AND product_id = p_product_id AND waiters.status = 'WAITING'",
        "AND false",
        "a shopper waits for units beyond the limit",
        JOINED,
    ),
    Mutant(
        "places-in-line-do-not-count",
        USAGE,
        "WHERE shopper_id = p_shopper_id AND waiters.status = 'WAITING'",
        "WHERE false",
        "a shopper waits for more holds than the limit",
        JOINED,
    ),
    Mutant(
        "reserve-does-not-look-for-places-in-line",
        RESERVE,
        "EXISTS (SELECT FROM waiters WHERE shopper_id = p_shopper_id AND status = 'WAITING');",
        "false;",
        "who waits, and has no reservation yet, is without limits",
        JOINED,
    ),
    Mutant(
        "lapsed-units-shown-although-somebody-waits",
        "chalicelib/db/views/product_now.sql",
        "      AND NOT EXISTS (SELECT FROM waiters WHERE waiters.product_id = product.id"
        " AND waiters.status = 'WAITING')\n",
        "",
        "units that others wait for are shown as available",
        JOINED,
    ),
    Mutant(
        "join-although-in-stock",
        JOIN,
        "IF free >= p_quantity THEN",
        "IF false THEN",
        "shoppers wait for units that nobody hands over",
        JOINED,
    ),
    Mutant(
        "join-although-lapsed-units-are-free",
        JOIN,
        "IF waiting = 0 THEN",
        "IF false THEN",
        "shoppers wait for units of lapsed holds that they could reserve",
        JOINED,
    ),
    Mutant(
        "join-again-while-the-offer-runs",
        JOIN,
        "(entry.status = 'WAITING' OR offered.status = 'ACTIVE')",
        "entry.status = 'WAITING'",
        "a repeated join makes a second entry",
        JOINED,
    ),
    Mutant(
        "leave-for-a-stranger",
        JOIN,
        "WHERE id = p_waiter_id AND shopper_id = p_shopper_id AND status = 'WAITING';",
        "WHERE id = p_waiter_id AND status = 'WAITING';",
        "a shopper removes another from the line",
        JOINED,
    ),
    Mutant(
        "sweep-serves-nobody",
        "chalicelib/jobs/sweep.py",
        "for product_id in database.run(waiters.awaited_products):",
        "for product_id in list[UUID]():",
        "nobody is served when a sale opens by the clock, or passed over when it ends",
        JOINED,
    ),
]
