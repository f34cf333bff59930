"""Mutants of the clock and of the reserve."""

from tests.mutants import Mutant

FUNCTIONS = "chalicelib/db/functions"
CLOCK = "chalicelib/db/migrations/0001_products_stock_reservations.sql"
RESERVE = f"{FUNCTIONS}/reserve.sql"
EARLIER = f"{FUNCTIONS}/earlier_request.sql"
TESTS = "tests/database"

LOCK_OF_THE_RESERVE = """        IF NOT pg_try_advisory_xact_lock(lock_number(p_shopper_id)) THEN
            PERFORM wait_for_shopper(p_shopper_id);
        END IF;
"""

MUTANTS = [
    Mutant(
        "clock-of-a-row-is-now",
        CLOCK,
        "date_trunc('milliseconds', clock_timestamp())",
        "date_trunc('milliseconds', now())",
        "time that a transaction has waited is not counted",
        f"{TESTS}/test_instants.py",
    ),
    Mutant(
        "clock-of-a-statement-is-now",
        CLOCK,
        "date_trunc('milliseconds', statement_timestamp())",
        "date_trunc('milliseconds', now())",
        "a read late in a transaction shows the past",
        f"{TESTS}/test_instants.py",
    ),
    Mutant(
        "usage-before-the-shoppers-lock",
        RESERVE,
        LOCK_OF_THE_RESERVE,
        "",
        "the usage is read while another reserve of the shopper is under way",
        f"{TESTS}/test_limits.py tests/concurrency/test_limits_and_keys.py",
    ),
    Mutant(
        "hold-begins-before-the-wait",
        RESERVE,
        "            moment := instant_now();\n            IF moment >= product.sale_ends_at THEN",
        "            IF moment >= product.sale_ends_at THEN",
        "a hold is shorter by the time that its reserve waited for stock",
        f"{TESTS}/test_waiting_in_line.py",
    ),
    Mutant(
        "reserve-after-the-end",
        RESERVE,
        "            IF moment >= product.sale_ends_at THEN",
        "            IF false THEN",
        "a reserve that waits for stock is granted after the end of the sale, or during a pause",
        f"{TESTS}/test_instants.py {TESTS}/test_pause.py",
    ),
    Mutant(
        "unit-of-a-late-reserve-is-lost",
        RESERVE,
        "UPDATE stock SET available = available + p_quantity WHERE",
        "UPDATE stock SET available = available WHERE",
        "a unit is lost with each reserve that comes too late",
        f"{TESTS}/test_instants.py {TESTS}/test_pause.py",
    ),
    Mutant(
        "hold-length-of-the-system-first",
        RESERVE,
        "coalesce(hold_seconds, p_hold_seconds) AS",
        "coalesce(p_hold_seconds, hold_seconds) AS",
        "a product's own hold length is not used",
        f"{TESTS}/test_reserve.py",
    ),
    Mutant(
        "extensions-are-not-given",
        RESERVE,
        "moment, lapse, p_max_extensions, p_key)",
        "moment, lapse, 0, p_key)",
        "no hold can be extended",
        f"{TESTS}/test_extend.py",
    ),
    Mutant(
        "key-of-any-shopper",
        EARLIER,
        "WHERE shopper_id = p_shopper_id AND idempotency_key = p_key",
        "WHERE idempotency_key = p_key",
        "a shopper's key replays another's reservation",
        f"{TESTS}/test_idempotency.py",
    ),
    Mutant(
        "key-is-valid-for-ever",
        EARLIER,
        "interval '24 hours'",
        "interval '24 years'",
        "a key of an earlier day replays",
        f"{TESTS}/test_idempotency.py",
    ),
    Mutant(
        "key-of-the-version-before-is-forgotten",
        EARLIER,
        "IF made IS NULL THEN",
        "IF false THEN",
        "a retry that meets the new version reserves again",
        f"{TESTS}/test_idempotency.py",
    ),
    Mutant(
        "key-replays-any-quantity",
        RESERVE,
        "(reservation.product_id, reservation.quantity) = (p_product_id, p_quantity)",
        "reservation.product_id = p_product_id",
        "another body under the same key is answered as the first",
        f"{TESTS}/test_idempotency.py",
    ),
    Mutant(
        "anonymous-key-without-a-lock",
        RESERVE,
        "PERFORM pg_advisory_xact_lock(hashtextextended(p_key, 1));",
        "NULL;",
        "two anonymous requests with one key do not wait for each other",
        f"{TESTS}/test_idempotency.py tests/concurrency/test_limits_and_keys.py",
    ),
    Mutant(
        "key-is-not-kept",
        RESERVE,
        "p_max_extensions, p_key)\n    RETURNING",
        "p_max_extensions, NULL)\n    RETURNING",
        "a retry reserves again",
        " ".join(
            (
                f"{TESTS}/test_idempotency.py",
                "tests/concurrency/test_limits_and_keys.py::test_a_crash_between_commit_and_reply_and_twenty_retries_at_once_make_one_reservation",
                "tests/faults/test_crashes.py::test_whatever_breaks_a_retry_gets_the_first_answer",
            )
        ),
    ),
    Mutant(
        "returning-shopper-taken-for-a-new-one",
        RESERVE,
        "returning_shopper := FOUND;",
        "returning_shopper := false;",
        "a shopper's limit and keys are not looked at",
        f"{TESTS}/test_limits.py {TESTS}/test_idempotency.py",
    ),
    Mutant(
        "take-from-a-slot-without-enough",
        RESERVE,
        "% product.slots AND available >= p_quantity",
        "% product.slots",
        "the first slot is taken from without enough units",
        f"{TESTS}/test_reserve.py tests/concurrency/test_races.py",
    ),
    Mutant(
        "lapse-of-the-slot-is-not-kept",
        RESERVE,
        "first_lapse_at = least(first_lapse_at, lapse)",
        "first_lapse_at = first_lapse_at",
        "lapsed holds are not found",
        f"{TESTS}/test_reserve.py {TESTS}/test_reads.py",
    ),
]
