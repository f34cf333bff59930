"""The statements that the handler sends for a reserve: recorded where psycopg is given them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import psycopg

from tests.bench.environment import Environment, Event, reserve_event
from tests.bench.sale import WARM_UPS

Values = Mapping[str, Any] | Sequence[Any]


@dataclass(frozen=True)
class Statement:
    """A statement with its placeholders, and the values for them."""

    text: str
    values: Values | None

    def replaced(self, replacements: Mapping[object, object]) -> Values | None:
        """Return the values, some of them replaced by others."""
        if isinstance(self.values, Mapping):
            return {name: replacements.get(value, value) for name, value in self.values.items()}
        return None if self.values is None else [replacements.get(value, value) for value in self.values]


@dataclass(frozen=True)
class Reserve:
    """What a reserve sent, and which of the values were the shopper's: another shopper's take their place."""

    statements: Sequence[Statement]
    shopper_id: UUID
    key: str

    def by_another(self) -> list[tuple[str, Values | None]]:
        """Return the statements as another shopper's reserve sends them."""
        replacements = {self.shopper_id: uuid4(), self.key: str(uuid4())}
        return [(statement.text, statement.replaced(replacements)) for statement in self.statements]


def recorded(environment: Environment, product_id: str, *, bare: bool) -> Reserve:
    """Return what a warm environment sends to the database for a reserve."""
    for _ in range(WARM_UPS):
        environment.demand(reserve_event(product_id, bare=bare), 201)
    shopper_id, key = uuid4(), str(uuid4())
    with _recording() as statements:
        environment.demand(_as(shopper_id, key, product_id, bare=bare), 201)
    return Reserve(statements, shopper_id, key)


def _as(shopper_id: UUID, key: str, product_id: str, *, bare: bool) -> Event:
    return reserve_event(product_id, bare=bare, shopper_id=shopper_id, key=key)


@contextmanager
def _recording() -> Iterator[list[Statement]]:
    """Keep what is executed by any cursor while the block runs."""
    statements: list[Statement] = []
    execute = psycopg.Cursor.execute

    def keep(cursor: Any, query: Any, params: Values | None = None, **options: Any) -> Any:
        text = query if isinstance(query, str) else query.as_string(cursor)
        statements.append(Statement(text, params))
        return execute(cursor, query, params, **options)

    with patch.object(psycopg.Cursor, "execute", keep):
        yield statements
