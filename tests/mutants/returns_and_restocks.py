"""Mutants of expire, sweep and restock."""

from tests.mutants import Mutant
from tests.mutants.holds import FUNCTIONS, TESTS

MUTANTS = [
    Mutant(
        "expire-a-running-hold",
        f"{FUNCTIONS}/expire_hold.sql",
        "    ELSIF held.expires_at > moment THEN",
        "    ELSIF false THEN",
        "an early message expires a running hold",
        " ".join((f"{TESTS}/test_expire.py", "tests/concurrency/test_messages.py")),
    ),
    Mutant(
        "expire-an-ended-hold",
        f"{FUNCTIONS}/expire_hold.sql",
        "    IF held.status IS DISTINCT FROM 'ACTIVE' THEN",
        "    IF held.status IS NULL THEN",
        "a repeated message gives units back twice",
        " ".join(
            (
                f"{TESTS}/test_expire.py",
                "tests/concurrency/test_messages.py",
                "tests/concurrency/test_races.py::test_completing_against_the_lapse_ends_each_hold_one_way",
            )
        ),
    ),
    Mutant(
        "expire-waits-although-told-not-to",
        f"{FUNCTIONS}/expire_hold.sql",
        "        IF NOT p_wait THEN",
        "        IF false THEN",
        "a batch of messages outlives the function behind a lock",
        f"{TESTS}/test_reclaiming.py",
    ),
    Mutant(
        "sweep-counts-holds-and-not-units",
        f"{FUNCTIONS}/sweep_slot.sql",
        "coalesce(sum(quantity), 0) INTO ids, units",
        "coalesce(count(quantity), 0) INTO ids, units",
        "a sweep gives one unit back for each hold",
        " ".join(
            (
                f"{TESTS}/test_sweep.py",
                "tests/specification/test_random_stories.py::test_the_database_does_what_the_model_says",
            )
        ),
    ),
    Mutant(
        "sweep-waits-for-locked-holds",
        f"{FUNCTIONS}/sweep_slot.sql",
        "FOR NO KEY UPDATE SKIP LOCKED",
        "FOR NO KEY UPDATE",
        "a sweep waits for a hold that another works on",
        f"{TESTS}/test_sweep.py",
    ),
    Mutant(
        "sweep-without-a-limit",
        f"{FUNCTIONS}/sweep_slot.sql",
        "ORDER BY expires_at, id LIMIT p_limit",
        "ORDER BY expires_at, id",
        "a batch has no bound",
        f"{TESTS}/test_reclaiming.py",
    ),
    Mutant(
        "restock-more-than-can-be-counted",
        f"{FUNCTIONS}/restock.sql",
        "+ p_units > 2147483647",
        "+ p_units > 2147483648",
        "a product gets one unit more than an integer counts",
        f"{TESTS}/test_restock.py",
    ),
    Mutant(
        "restock-without-the-products-lock",
        f"{FUNCTIONS}/restock.sql",
        "PERFORM FROM products WHERE id = p_product_id FOR NO KEY UPDATE;",
        "PERFORM FROM products WHERE id = p_product_id;",
        "two restocks at once make the same slots",
        f"{TESTS}/test_restock_rivals.py",
    ),
    Mutant(
        "restock-not-in-the-journal",
        f"{FUNCTIONS}/restock.sql",
        "VALUES (instant_now(), 'RESTOCKED', p_product_id, p_units, 'admin');",
        "SELECT instant_now(), 'RESTOCKED', p_product_id, p_units, 'admin' WHERE false;",
        "the journal does not account for new units",
        f"{TESTS}/test_restock.py",
    ),
    Mutant(
        "one-slot-for-every-product",
        f"{FUNCTIONS}/add_units.sql",
        "greatest(1, least(64, p_total / 25))",
        "greatest(1, least(1, p_total / 25))",
        "all shoppers of a hot product wait for one row",
        f"{TESTS}/test_restock.py {TESTS}/test_product_changes.py",
    ),
    Mutant(
        "units-of-the-rest-are-lost",
        f"{FUNCTIONS}/add_units.sql",
        " + (place <= p_units % cardinality(chosen))::integer",
        "",
        "units that do not divide evenly are lost",
        f"{TESTS}/test_restock.py",
    ),
]
