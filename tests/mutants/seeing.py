"""Mutants of what operators see: metrics, refusals in the log, the live sale, the report, and retired products."""

from tests.mutants import Mutant
from tests.mutants.holds import FUNCTIONS, TESTS

SALE = "chalicelib/db/sale.py"
COUNTS = "chalicelib/db/refusal_counts.py"
REFUSALS = "tests/http/test_refusals_logged.py"

MUTANTS = [
    Mutant(
        "refusal-without-a-line",
        "chalicelib/lifecycle/reserve.py",
        '    logger.info("refused", extra=',
        "    dict(extra=",
        "nobody can see what was refused",
        REFUSALS,
    ),
    Mutant(
        "measure-what-is-not-committed",
        SALE,
        "SETTLED_SECONDS = 5",
        "SETTLED_SECONDS = 0",
        "events that commit later are never counted",
        f"{TESTS}/test_measure.py",
    ),
    Mutant(
        "lapsed-units-are-counted-twice",
        SALE,
        "FILTER (WHERE expires_at <= instant_of_statement())",
        "",
        "every held unit shows as lapsed",
        f"{TESTS}/test_sale.py",
    ),
    Mutant(
        "figures-of-several-snapshots",
        SALE,
        "connection.isolation_level = IsolationLevel.REPEATABLE_READ",
        "connection.isolation_level = None",
        "units are in two places in one picture",
        f"{TESTS}/test_sale.py",
    ),
    Mutant(
        "sold-out-by-the-first-reservation",
        f"{FUNCTIONS}/sold_out_at.sql",
        "- counted.later <= 0",
        "- counted.later <= 5",
        "a product with units left is reported as sold out",
        f"{TESTS}/test_sale.py",
    ),
    Mutant(
        "retired-and-reserved",
        f"{FUNCTIONS}/reserve.sql",
        "sale_end(sale_ends_at, retired_at, paused) AS sale_ends_at",
        "sale_end(sale_ends_at, NULL, paused) AS sale_ends_at",
        "a retired product can be reserved",
        "tests/http/test_sale.py",
    ),
    Mutant(
        "retired-and-listed",
        "chalicelib/db/products.py",
        " WHERE retired_at IS NULL ORDER BY",
        " ORDER BY",
        "the shop lists a retired product",
        "tests/http/test_sale.py",
    ),
    Mutant(
        "retired-and-bought-after-the-lapse",
        f"{FUNCTIONS}/settle_payment.sql",
        "sale_end(product.sale_ends_at, product.retired_at, product.paused)",
        "sale_end(product.sale_ends_at, NULL, product.paused)",
        "a late payment buys a retired product",
        "tests/http/test_sale.py",
    ),
    Mutant(
        "refusal-written-with-each-request",
        COUNTS,
        " or now - self._written_at < SECONDS_BETWEEN_WRITES",
        "",
        "every refusal writes a row",
        f"{TESTS}/test_refusals.py",
    ),
    Mutant(
        "refusals-shown-in-a-later-minute",
        COUNTS,
        "self._clock() - self._written_at > SECONDS_KEPT",
        "False",
        "an idle environment's refusals are shown long afterwards",
        f"{TESTS}/test_refusals.py",
    ),
    Mutant(
        "refusal-fails-for-want-of-a-count",
        COUNTS,
        "        except Exception:",
        "        except KeyError:",
        "a refusal is answered with 500 because it could not be counted",
        f"{TESTS}/test_refusals.py",
    ),
    Mutant(
        "refusals-of-products-that-do-not-exist",
        "chalicelib/db/refusals.py",
        "JOIN products ON id = product_id",
        "JOIN LATERAL (SELECT product_id AS id) AS named ON true",
        "requests for unknown products fill the table",
        f"{TESTS}/test_refusals.py",
    ),
]
