"""Mutants of units taken, reclaimed and gathered, and of the locks."""

from tests.mutants import Mutant
from tests.mutants.holds import FUNCTIONS, TESTS

TAKE = f"{FUNCTIONS}/take_units_anywhere.sql"
GATHER = f"{FUNCTIONS}/gather.sql"
LOCKS = f"{FUNCTIONS}/locks.sql"

MUTANTS = [
    Mutant(
        "locked-is-empty",
        TAKE,
        "IF candidates IS NOT NULL THEN",
        "IF false THEN",
        "a locked slot is taken for an empty one",
        f"{TESTS}/test_waiting_in_line.py",
    ),
    Mutant(
        "reclaim-keeps-the-rest",
        TAKE,
        "available + lapsed.quantity - p_quantity",
        "available",
        "the rest of a replaced hold is lost",
        f"{TESTS}/test_reclaiming.py",
    ),
    Mutant(
        "reclaim-the-newest-hold",
        TAKE,
        "ORDER BY expires_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;",
        "ORDER BY expires_at DESC, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;",
        "the hold that lapsed last is replaced first",
        f"{TESTS}/test_reclaiming.py",
    ),
    Mutant(
        "reclaim-a-running-hold",
        TAKE,
        "expires_at BETWEEN p_lapsed_since AND moment\n      AND quantity",
        "expires_at >= p_lapsed_since\n      AND quantity",
        "a running hold is taken from its shopper",
        f"{TESTS}/test_reclaiming.py",
    ),
    Mutant(
        "gather-in-any-order",
        GATHER,
        "ORDER BY expires_at, id LIMIT p_limit",
        "LIMIT p_limit",
        "holds are reclaimed in any order: not the oldest first, and with deadlocks",
        f"{TESTS}/test_reclaiming.py",
    ),
    Mutant(
        "gather-one-hold-at-a-time",
        GATHER,
        "expire_lapsed_holds(p_product_id, p_lapsed_since, p_units)",
        "expire_lapsed_holds(p_product_id, p_lapsed_since, 1)",
        "an order for several lapsed holds never gets them",
        f"{TESTS}/test_reserve.py {TESTS}/test_restock.py",
    ),
    Mutant(
        "gather-every-lapsed-hold",
        GATHER,
        "ORDER BY expires_at, id LIMIT p_limit",
        "ORDER BY expires_at, id",
        "more holds are expired than the order needs",
        f"{TESTS}/test_restock.py",
    ),
    Mutant(
        "gather-loses-what-it-reclaims",
        GATHER,
        "SET available = available + (returned ->> slot::text)::integer",
        "SET available = available",
        "units of reclaimed holds are lost",
        f"{TESTS}/test_reserve.py {TESTS}/test_restock.py",
    ),
    Mutant(
        "gather-counts-holds-and-not-units",
        GATHER,
        "sum(quantity) AS units FROM ended",
        "count(*) AS units FROM ended",
        "only one unit of each reclaimed hold comes back",
        f"{TESTS}/test_reserve.py {TESTS}/test_restock.py",
    ),
    Mutant(
        "gather-moves-more-than-it-needs",
        GATHER,
        "least(available, greatest(0, p_units - (",
        "least(available, greatest(available, p_units - (",
        "all units of the product are moved to one slot",
        f"{TESTS}/test_reserve.py",
    ),
    Mutant(
        "slots-locked-in-any-order",
        LOCKS,
        "        ORDER BY slot FOR NO KEY UPDATE",
        "        ORDER BY slot DESC FOR NO KEY UPDATE",
        "two orders that gather lock each other out",
        f"{TESTS}/test_reclaiming.py",
    ),
    Mutant(
        "shopper-without-a-lock",
        LOCKS,
        "        PERFORM pg_advisory_xact_lock(lock_number(p_shopper_id));",
        "        NULL;",
        "a completion is not seen by the shopper's reserve",
        f"{TESTS}/test_limits.py",
    ),
    Mutant(
        "lock-of-a-slot-waits-for-nobody",
        LOCKS,
        "AND slot = p_slot FOR NO KEY UPDATE;",
        "AND slot = p_slot;",
        "units are taken from a slot that another has locked",
        "tests/concurrency/test_races.py",
    ),
    Mutant(
        "give-back-forgets-the-next-lapse",
        f"{FUNCTIONS}/give_back.sql",
        "AND status = 'ACTIVE' AND expires_at >= bound",
        "AND status = 'ACTIVE' AND expires_at >= 'infinity'",
        "the other holds of a slot are not found when they lapse",
        f"{TESTS}/test_reclaiming.py",
    ),
]
