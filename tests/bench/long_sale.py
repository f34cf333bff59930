"""Five minutes of one sale: the rate of each minute, and whether updates of stock stay on their page (HOT).

    python -m tests.bench long

Writes docs/benchmarks/long-sale.json.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import psycopg

from tests.bench.database import Server
from tests.bench.sale import Sale, refuse_unless_all_reserved, run

MINUTES = 5
MINUTE_SECONDS = 60.0
ENVIRONMENTS = 16
FILE = "long-sale.json"
STATISTICS = """
    SELECT relname, n_tup_upd AS updates, n_tup_hot_upd AS hot_updates, n_dead_tup AS dead_rows,
           autovacuum_count AS autovacuums, pg_table_size(relid) AS bytes,
           pg_indexes_size(relid) AS index_bytes, n_live_tup AS rows
    FROM pg_stat_user_tables WHERE relname IN ('stock', 'reservations') ORDER BY relname
"""


def record(server: Server, directory: Path, report: Callable[[str], None]) -> None:
    """Run the sale; print the rate of each minute, and write what was measured to a file."""
    with server.database() as url:
        outcome = run(Sale(url, ENVIRONMENTS, seconds=MINUTES * MINUTE_SECONDS))
        refuse_unless_all_reserved(outcome)
        tables = _statistics(url)
    rates = outcome.rates(MINUTE_SECONDS)
    for minute, rate in enumerate(rates, 1):
        report(f"minute {minute}: {rate:,.0f} reservations/s")
    for name, table in tables.items():
        report(f"{name}: " + ", ".join(f"{key} {value:,}" for key, value in table.items()))
    report(f"minute {MINUTES} over minute 1: {rates[-1] / rates[0]:.3f}")
    document = {"environments": ENVIRONMENTS, "cores": os.cpu_count(), "rates": rates, "tables": tables}
    (directory / FILE).write_text(json.dumps(document, indent=2) + "\n")


def _statistics(url: str) -> dict[str, dict[str, int]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(STATISTICS)
        names = [column.name for column in cursor.description or ()][1:]
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in cursor}
