"""Mutants of the clock and of the reserve."""

from tests.mutants import Mutant

FUNCTIONS = "chalicelib/db/functions"
CLOCK = "chalicelib/db/migrations/0001_products_stock_reservations.sql"
RESERVE = f"{FUNCTIONS}/reserve.sql"
TESTS = "tests/database"

LOCK_OF_THE_RESERVE = """    IF NOT anonymous THEN
        PERFORM pg_advisory_xact_lock(lock_number(p_shopper_id));
    ELSIF"""

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
        "    IF NOT anonymous THEN\n        NULL;\n    ELSIF",
        "the usage is read while another reserve of the shopper is under way",
        f"{TESTS}/test_limits.py tests/concurrency/test_limits_and_keys.py",
    ),
    Mutant(
        "hold-begins-before-the-wait",
        RESERVE,
        "    moment := instant_now();\n    INSERT INTO reservations",
        "    INSERT INTO reservations",
        "a hold is shorter by the time that its reserve waited for stock",
        f"{TESTS}/test_waiting_in_line.py",
    ),
    Mutant(
        "hold-length-of-the-system-first",
        RESERVE,
        "coalesce(product.hold_seconds, p_hold_seconds);",
        "coalesce(p_hold_seconds, product.hold_seconds);",
        "a product's own hold length is not used",
        f"{TESTS}/test_reserve.py",
    ),
    Mutant(
        "extensions-are-not-given",
        RESERVE,
        "moment + make_interval(secs => hold_seconds), p_max_extensions)",
        "moment + make_interval(secs => hold_seconds), 0)",
        "no hold can be extended",
        f"{TESTS}/test_extend.py",
    ),
    Mutant(
        "key-of-any-shopper",
        RESERVE,
        "WHERE used.shopper_id = p_shopper_id AND used.key = p_key;",
        "WHERE used.key = p_key;",
        "a shopper's key replays another's reservation",
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
        "    IF p_key IS NOT NULL THEN\n        INSERT",
        "    IF false THEN\n        INSERT",
        "a retry reserves again",
        f"{TESTS}/test_idempotency.py",
    ),
]
