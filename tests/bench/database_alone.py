"""S12: the database alone: the statements of a reserve replayed by pgbench, over the least that a reserve could be.

The floor is an UPDATE of one stock row by its key and an INSERT of one reservation, in one prepared statement, into
copies of the tables with the same indexes and nothing else. Both modes are compared with the same, prepared floor.
"""

import re
import statistics
from collections.abc import Callable
from functools import partial

import psycopg

from tests.bench import pgbench
from tests.bench.database import Server
from tests.bench.environment import PREPARED
from tests.bench.figure import Figure, at_least, interleaved, ratio
from tests.bench.hot_product import MODES
from tests.bench.sale import Sale
from tests.bench.side_by_side import alone
from tests.bench.statements import Reserve, Statement, recorded

CLIENTS = 32
ROUNDS = 3
SECONDS = 2
GOALS = {"": 0.45, " prepared": 0.55, " bare": 0.6, " bare prepared": 0.75}
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%(s)|%%")
RANDOM = "random(1000000000000000, 9999999999999999)"
"""Sixteen digits: two of them are the digits of a UUID."""
VARIABLES = f"\\set one {RANDOM}\n\\set two {RANDOM}\n\\set three {RANDOM}\n"
A_UUID, A_KEY = "(:one::text || :two::text)::uuid", "(:three::text || :one::text)"

TABLES = """
    CREATE TABLE floor_stock (LIKE stock INCLUDING ALL) WITH (fillfactor = 10);
    CREATE TABLE floor_reservations (LIKE reservations INCLUDING DEFAULTS INCLUDING INDEXES);
    INSERT INTO floor_stock SELECT * FROM stock;
"""
FLOOR = f"""{VARIABLES}
WITH taken AS (
    UPDATE floor_stock SET available = available - 1
    WHERE product_id = :product_id::uuid AND slot = :client_id RETURNING product_id, slot
)
INSERT INTO floor_reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at)
SELECT product_id, slot, {A_UUID}, 1, 10, now(), now() + interval '2 minutes' FROM taken;
"""


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S12 for each mode."""
    with server.database() as url:
        cells = {suffix: _replay(Sale(url, 1, **mode)) for suffix, mode in MODES.items()}
        cells["floor"] = _floor(url)
        rates = interleaved(cells, ROUNDS, report)
    floor = statistics.median(rates["floor"])
    return [
        ratio(
            f"S12{suffix}",
            rates[suffix],
            rates["floor"],
            at_least(goal),
            per_second=statistics.median(rates[suffix]),
            floor_per_second=floor,
        )
        for suffix, goal in GOALS.items()
    ]


def _replay(sale: Sale) -> Callable[[], float]:
    """Record a reserve; return what replays it and gives its rate."""
    product_id = sale.product()
    reserve = alone(lambda: recorded(sale.environment(), product_id, bare=sale.bare))
    if len(reserve.statements) != 1:
        raise AssertionError(f"A reserve sent {len(reserve.statements)} statements; one call is expected.")
    text, constants = script(reserve.statements[0], reserve)
    return partial(_rate, sale.url, text, constants, prepared=sale.prepare == PREPARED)


def _floor(url: str) -> Callable[[], float]:
    """Make the tables of the floor; return what gives its rate."""
    product_id = Sale(url, 1).product()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TABLES)
    return partial(_rate, url, FLOOR, {"product_id": product_id}, prepared=True)


def _rate(url: str, text: str, constants: dict[str, str], *, prepared: bool) -> float:
    return pgbench.rate(url, text, clients=CLIENTS, seconds=SECONDS, prepared=prepared, constants=constants)


def script(statement: Statement, reserve: Reserve) -> tuple[str, dict[str, str]]:
    """Return a statement as pgbench reads it, a new shopper and key each time, and the values that stay the same."""
    constants: dict[str, str] = {}
    values = statement.values or {}
    positions = iter(range(len(values)))

    def variable(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        name = match[1] or next(positions)
        return _variable(values[name], f"value_{name}", reserve, constants)  # type: ignore[index] # as psycopg does

    return f"{VARIABLES}{PLACEHOLDER.sub(variable, statement.text)};\n", constants


def _variable(value: object, name: str, reserve: Reserve, constants: dict[str, str]) -> str:
    if value is None:
        return "NULL"
    if value == reserve.shopper_id:
        return A_UUID
    if value == reserve.key:
        return A_KEY
    constants[name] = str(value)
    return f":{name}"
