"""S3: the database is 1 ms away and a commit takes 4 ms more, with as many environments as in S1."""

import statistics
from collections.abc import Callable, Sequence
from functools import partial

from tests.bench import pgbench
from tests.bench.database import Server
from tests.bench.figure import Figure, at_least, interleaved, median, ratio
from tests.bench.hot_product import AS_THE_SHOP, p99
from tests.bench.outcome import Outcome
from tests.bench.sale import Sale, refuse_unless_all_reserved, run_on

ENVIRONMENTS = (1, 4, 16, 32, 48, 64)
MOST = 64
ROUNDS = 3
ROUND_TRIP_SECONDS, COMMIT_SECONDS = 0.001, 0.004
GOAL, GOAL_OF_BEST = 10, 0.9
RELAY_SECONDS = 2


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S3 against the usual algorithm, of 64 environments over the best number, and the relay's own limit."""
    with server.database() as url, server.far(url, ROUND_TRIP_SECONDS, COMMIT_SECONDS) as far_url:
        limit = pgbench.rate(far_url, "SELECT 1;", clients=MOST, seconds=RELAY_SECONDS, prepared=True)
        cells = {
            (number, suffix, rival): partial(_reserved, Sale(url, number, rival=rival, **mode), far_url)
            for number in ENVIRONMENTS
            for suffix, mode in AS_THE_SHOP.items()
            for rival in (False, True)
            if not rival or number == MOST
        }
        outcomes = interleaved(cells, ROUNDS, report)
    report(f"limit of the relay: {limit:,.0f} round trips a second")
    return [figure for suffix in AS_THE_SHOP for figure in _figures(suffix, outcomes, limit)]


def _reserved(near: Sale, far_url: str) -> Outcome:
    """Run a sale by the far way, on a product that was made by the near one."""
    outcome = run_on(near.by(far_url), [near.product()] * near.environments)
    refuse_unless_all_reserved(outcome)
    return outcome


def _figures(suffix: str, outcomes: dict[tuple[int, str, bool], list[Outcome]], relay_limit: float) -> Sequence[Figure]:
    rates = {number: [one.rate() for one in outcomes[number, suffix, False]] for number in ENVIRONMENTS}
    rivals = [one.rate() for one in outcomes[MOST, suffix, True]]
    best = max(rates.values(), key=statistics.median)
    against_rival = ratio(
        f"S3@{MOST}{suffix}",
        rates[MOST],
        rivals,
        at_least(GOAL),
        ours_per_second=statistics.median(rates[MOST]),
        rival_per_second=statistics.median(rivals),
        relay_limit_per_second=relay_limit,
    )
    of_best = ratio(f"S3@{MOST}{suffix} of best", rates[MOST], best, at_least(GOAL_OF_BEST))
    each = [
        median(
            f"S3@{number}{suffix} rate",
            rates[number],
            "reservations/s",
            p99_ms=statistics.median(p99(one) for one in outcomes[number, suffix, False]),
        )
        for number in ENVIRONMENTS
    ]
    return [against_rival, of_best, *each]
