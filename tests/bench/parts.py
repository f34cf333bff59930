"""What each part of a reserve costs the database: microseconds of CPU of one session, without network and disk.

    python -m tests.bench parts

Each part runs in a loop inside PostgreSQL, a transaction each time. Writes docs/benchmarks/parts.json.
"""

import json
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import LiteralString

import psycopg

from tests.bench.database import Server
from tests.bench.sale import Sale

FILE = "parts.json"
CALLS = 2_000
ROUNDS = 7
UNITS = 10_000_000  # enough in each slot for all rounds
RESERVE: LiteralString = "PERFORM * FROM reserve(product, 1, {shopper}, {key}, 120, 1, 5, 3, 60);"
TAKE: LiteralString = "UPDATE {stock} SET available = available - 1 WHERE product_id = product AND slot = 1;"
INSERT: LiteralString = """
    INSERT INTO {table} (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at)
    VALUES (product, 1, shopper, 1, 10, moment, moment + interval '2 minutes');
"""
COPY = "CREATE TABLE {table} (LIKE reservations INCLUDING DEFAULTS)"
NINE_CHECKS = """
    ALTER TABLE {table}
        ADD CHECK (quantity BETWEEN 1 AND 100), ADD CHECK (unit_price >= 0), ADD CHECK (expires_at > created_at),
        ADD CHECK (extensions >= 0 AND extensions_left >= 0),
        ADD CHECK (ended_by IN ('shopper', 'message', 'sweep', 'reclaim')),
        ADD CHECK ((status = 'ACTIVE') = (ended_at IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL)),
        ADD CHECK (status <> 'EXPIRED' OR ended_at >= expires_at),
        ADD CHECK (status <> 'COMPLETED' OR ended_at < expires_at),
        ADD CHECK (status <> 'CANCELLED' OR ended_at < expires_at)
"""
JOURNAL_TRIGGER = """
    CREATE TABLE entries_{table} (LIKE journal INCLUDING ALL);
    CREATE FUNCTION write_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO entries_{table} (at, event, product_id, reservation_id, quantity, by)
        VALUES (NEW.created_at, 'RESERVED', NEW.product_id, NEW.id, NEW.quantity, 'shopper');
        RETURN NULL;
    END $$;
    CREATE TRIGGER journal AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION write_{table}()
"""
ADDITIONS = {
    "primary key, ids by uuidv7()": "ALTER TABLE {table} ADD PRIMARY KEY (id)",
    "primary key, random ids": "ALTER TABLE {table} ADD PRIMARY KEY (id), ALTER id SET DEFAULT gen_random_uuid()",
    "index of a shopper's reservations": "CREATE INDEX ON {table} (shopper_id, created_at DESC, id DESC)",
    "index of active holds": (
        "CREATE INDEX ON {table} (product_id, expires_at, id) INCLUDE (quantity) WHERE status = 'ACTIVE'"
    ),
    "index of anonymous keys (no such row)": (
        "CREATE INDEX ON {table} (idempotency_key) WHERE idempotency_key IS NOT NULL"
        " AND shopper_id = '00000000-0000-0000-0000-000000000000'"
    ),
    "BRIN index of journal ids": "CREATE INDEX ON {table} USING brin (journal_id) WITH (pages_per_range = 32)",
    "BRIN index of times": "CREATE INDEX ON {table} USING brin (created_at) WITH (pages_per_range = 32)",
    "check by a function": (
        "ALTER TABLE {table} ADD CHECK (is_valid_reservation(quantity, unit_price, extensions, extensions_left,"
        " idempotency_key, created_at, expires_at, status, ended_at, ended_by))"
    ),
    "nine CHECK constraints (until 0008)": NINE_CHECKS,
    "foreign key to stock (until 0005)": "ALTER TABLE {table} ADD FOREIGN KEY (product_id, slot) REFERENCES stock",
    "trigger for the journal's first entry (until 0005)": JOURNAL_TRIGGER,
}
"""What a row of reservations costs besides the row, each added to a copy of the table by itself."""

PARTS: dict[str, LiteralString] = {
    "reserve, as the shop sends it": RESERVE.format(shopper="shopper", key="shopper::text"),
    "reserve, bare": RESERVE.format(shopper="'00000000-0000-0000-0000-000000000000'", key="NULL"),
    "the shopper's lock": "PERFORM pg_try_advisory_xact_lock(lock_number(shopper));",
    "whether the shopper has reservations": (
        "PERFORM FROM reservations WHERE shopper_id = shopper ORDER BY created_at DESC LIMIT 1;"
    ),
    "the usage of a returning shopper": "PERFORM * FROM shopper_usage(shopper, product, moment);",
    "the earlier request of a returning shopper": "PERFORM * FROM earlier_request(shopper, 'key');",
    "the product": "PERFORM name, price, slots FROM products WHERE id = product;",
    "limits and sale window": "PERFORM product_refusal(NULL, NULL, 100, moment, 1, 0, NULL);",
    "the slot, passing over a locked one": (
        "UPDATE stock SET available = available - 1 WHERE (product_id, slot) = (SELECT product_id, slot FROM stock"
        " WHERE product_id = product AND slot = 2 AND available >= 1 FOR NO KEY UPDATE SKIP LOCKED);"
    ),
    "the slot, by its key": TAKE.format(stock="stock"),
    "the bare row": INSERT.format(table="copy_0"),
}


def record(server: Server, directory: Path, report: Callable[[str], None]) -> None:
    """Measure each part; print the table, and write it to a file."""
    with server.database() as url:
        product_id = Sale(url, 1).product(UNITS)
        with psycopg.connect(url, autocommit=True) as connection:
            parts = {**PARTS, **_copies(connection)}
            microseconds = _measured(connection, product_id, parts)
            connection.execute("DELETE FROM reservations; UPDATE stock SET available = total")
    base = microseconds.pop("nothing")
    row = microseconds["the bare row"]
    for name, value in microseconds.items():
        added = name in ADDITIONS
        microseconds[name] = round(value - (row if added else base), 1)
        report(f"{microseconds[name]:7.1f} us  {'row + ' if added else ''}{name}")
    (directory / FILE).write_text(json.dumps(microseconds, indent=2) + "\n")


def _copies(connection: psycopg.Connection) -> dict[str, LiteralString]:
    """Make a copy of the table for each addition; return the statements that insert into them."""
    connection.execute(COPY.format(table="copy_0"))
    parts = {}
    for number, (name, addition) in enumerate(ADDITIONS.items(), 1):
        table: LiteralString = f"copy_{number}"
        connection.execute(COPY.format(table=table))
        connection.execute(addition.format(table=table))
        parts[name] = INSERT.format(table=table)
    return parts


def _measured(connection: psycopg.Connection, product_id: str, parts: dict[str, LiteralString]) -> dict[str, float]:
    """Return the median CPU microseconds of each part, and of a loop that does nothing."""
    connection.execute("SET synchronous_commit = off; SET statement_timeout = 0")
    cells: dict[str, LiteralString] = {"nothing": "NULL;", **parts}
    taken: dict[str, list[float]] = {name: [] for name in cells}
    for _ in range(ROUNDS + 1):  # the first warms up
        for name, statement in cells.items():
            taken[name].append(_microseconds(connection, product_id, statement))
    return {name: statistics.median(values[1:]) for name, values in taken.items()}


def _microseconds(connection: psycopg.Connection, product_id: str, statement: LiteralString) -> float:
    block: LiteralString = f"""
        DO $do$ DECLARE product uuid := '{product_id}'; moment timestamptz; shopper uuid; BEGIN
            FOR n IN 1..{CALLS} LOOP
                moment := instant_now(); shopper := gen_random_uuid(); {statement} COMMIT;
            END LOOP;
        END $do$
    """  # type: ignore[assignment] # an id of our own
    pid = connection.info.backend_pid
    before = _cpu_microseconds(pid)
    connection.execute(block)
    return (_cpu_microseconds(pid) - before) / CALLS


def _cpu_microseconds(pid: int) -> float:
    """Return how long a process has run on a CPU."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1000
