"""Reservations per second on one hot product: our stock rows against lock-read-update-insert on a single row.

    python -m tests.bench.hot_product

Each environment is a process that gives the real handler a real API Gateway event at a time, as Lambda does. The
algorithms run in turn, in the same processes' code but for the one function that reserves; medians of several rounds.
A third run of ours without the journal's trigger shows what the journal costs.
The queue is a stand-in in both, because LocalStack would be what is measured.
"""

import multiprocessing
import statistics
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from chalicelib.db import migrations, products, stock
from infra.local import postgres
from tests.bench.environment import Outcome, attempts_for, set_up

ENVIRONMENTS = 16
ROUNDS = 5
SECONDS = 3.0
UNITS = 1_000_000
OURS, WITHOUT_JOURNAL, SINGLE_ROW = ALGORITHMS = ("ours", "ours without journal", "single row")


def main() -> None:
    """Run the rounds and print the table."""
    with tempfile.TemporaryDirectory() as directory, postgres.running(Path(directory) / "data") as url:
        set_up(url)
        with psycopg.connect(url, autocommit=True) as connection:
            migrations.apply(connection)
        rates: dict[str, list[Outcome]] = {name: [] for name in ALGORITHMS}
        for number in range(1, ROUNDS + 1):
            for algorithm, outcomes in rates.items():
                outcomes.append(run_round(url, algorithm))
                report(f"round {number} of {ROUNDS}, {algorithm}: {outcomes[-1].per_second:,.0f}/s")
        with psycopg.connect(url, autocommit=True) as connection:
            unbalanced = connection.execute("SELECT count(*) FROM stock_balance WHERE NOT balanced").fetchone()
    print_table(rates)
    report(f"products out of balance: {unbalanced and unbalanced[0]} of {len(ALGORITHMS) * ROUNDS}")


def run_round(url: str, algorithm: str) -> Outcome:
    """Let all environments reserve one new product for a few seconds; return what they did together."""
    product_id = uuid4()
    with psycopg.connect(url, autocommit=True) as connection, connection.transaction():
        add_product(connection, product_id, 1 if algorithm == SINGLE_ROW else stock.slots_for(UNITS))
        journaling = "DISABLE" if algorithm == WITHOUT_JOURNAL else "ENABLE"
        connection.execute(f"ALTER TABLE reservations {journaling} TRIGGER journal_reserved")
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(ENVIRONMENTS)
    with context.Pool(ENVIRONMENTS, initializer=keep, initargs=(start,)) as pool:
        jobs = [pool.apply_async(attempt, (algorithm, product_id)) for _ in range(ENVIRONMENTS)]
        return Outcome.together([job.get(timeout=120) for job in jobs])


def add_product(connection: psycopg.Connection, product_id: UUID, slots: int) -> None:
    """Put a product on sale with its units spread over so many rows."""
    products.create(connection, product_id, "Hot", 1)  # type: ignore[arg-type]
    for slot, units in enumerate(stock.spread(UNITS, slots)):
        connection.execute("INSERT INTO stock VALUES (%s, %s, %s, %s)", [product_id, slot, units, units])


_start: Barrier


def keep(start: Barrier) -> None:
    """Keep what a process of the pool can only inherit."""
    global _start  # noqa: PLW0603 - the one way to hand a barrier to a pool's processes
    _start = start


def attempt(algorithm: str, product_id: UUID) -> Outcome:
    """Reserve for a few seconds in this process."""
    wait: Callable[[], object] = _start.wait
    return attempts_for(algorithm, product_id, SECONDS, wait)


def print_table(rates: dict[str, list[Outcome]]) -> None:
    """Print the medians and their ratio."""
    for algorithm, outcomes in rates.items():
        per_second = statistics.median(outcome.per_second for outcome in outcomes)
        p50 = statistics.median(outcome.p50 for outcome in outcomes)
        p99 = statistics.median(outcome.p99 for outcome in outcomes)
        report(f"{algorithm:>20}: {per_second:8,.0f}/s   p50 {p50 * 1000:6.1f} ms   p99 {p99 * 1000:6.1f} ms")
    for other in (SINGLE_ROW, WITHOUT_JOURNAL):
        ratios = [a.per_second / b.per_second for a, b in zip(rates[OURS], rates[other], strict=True)]
        report(f"ours over {other}: {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")


def report(line: str) -> None:
    """Show a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
