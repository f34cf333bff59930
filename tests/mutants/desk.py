"""Mutants of what operators do at the sale desk: pause a sale, release a hold, settle a refund."""

from tests.mutants import Mutant
from tests.mutants.holds import FUNCTIONS, TESTS

PAUSE, RELEASE = f"{TESTS}/test_pause.py", f"{TESTS}/test_release.py"
SETTLE = f"{TESTS}/test_settle_refund.py"
REFUND = f"{FUNCTIONS}/settle_refund.sql"
HOLD = f"{FUNCTIONS}/release_hold.sql"

MUTANTS = [
    Mutant(
        "pause-without-effect",
        f"{FUNCTIONS}/product_refusal.sql",
        "CASE WHEN p_paused THEN",
        "CASE WHEN false THEN",
        "units of a paused product are reserved",
        PAUSE,
    ),
    Mutant(
        "pause-unknown-to-a-late-payment",
        f"{FUNCTIONS}/settle_payment.sql",
        "product.retired_at, product.paused)",
        "product.retired_at, false)",
        "a late payment takes units of a paused product",
        f"{TESTS}/test_refunds_required.py",
    ),
    Mutant(
        "pause-told-as-not-open",
        "chalicelib/lifecycle/reserve.py",
        'if reason.get("paused") else reason',
        "if False else reason",
        "a shopper is told that the sale is not open",
        PAUSE,
    ),
    Mutant(
        "pause-with-instants-that-are-none",
        f"{FUNCTIONS}/product_refusal.sql",
        "nullif(p_sale_ends_at, '-infinity')",
        "p_sale_ends_at",
        "the version before can't read a refusal",
        PAUSE,
    ),
    Mutant(
        "release-after-the-lapse",
        HOLD,
        " AND moment < held.expires_at",
        "",
        "a lapsed hold is released",
        RELEASE,
    ),
    Mutant(
        "release-of-what-was-sold",
        HOLD,
        "held.status = 'ACTIVE' AND ",
        "",
        "sold units come back",
        RELEASE,
    ),
    Mutant(
        "release-without-the-units",
        HOLD,
        "        PERFORM give_back(held.product_id, held.slot, held.quantity);\n",
        "",
        "released units are lost",
        RELEASE,
    ),
    Mutant(
        "release-counts-for-the-cooldown",
        f"{FUNCTIONS}/shopper_usage.sql",
        " AND ended_by = 'shopper'",
        "",
        "a shopper waits because of an admin's releases",
        RELEASE,
    ),
    Mutant(
        "release-of-what-the-shopper-cancelled",
        "chalicelib/lifecycle/release.py",
        "released.ended_by != holds.BY_ADMIN",
        "False",
        "an admin is told that a shopper's cancellation was a release",
        RELEASE,
    ),
    Mutant(
        "refund-settled-by-the-last",
        REFUND,
        "DO NOTHING",
        "DO UPDATE SET settled_by = excluded.settled_by",
        "who settled a refund first is forgotten",
        SETTLE,
    ),
    Mutant(
        "settled-payment-that-bought-something",
        "chalicelib/db/views/refunds.sql",
        "WHERE payment.outcome = 'REFUND_REQUIRED'",
        "",
        "payments that need no refund are listed and settled",
        SETTLE,
    ),
]
