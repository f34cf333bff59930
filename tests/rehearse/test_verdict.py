"""The verdict of a rehearsal: good over the service as it is, bad over each planted bug."""

from collections.abc import Iterator

import psycopg
import pytest

from infra.rehearse import verdict
from tests.http.shop import Shop, opened
from tests.mutants import Mutant
from tests.rehearse.planted import PLANTED, SOLD_OUT, with_bug
from tests.rehearse.selling import sell

SHOPPERS = 60
"""Enough for each intent to occur."""
FEW, MANY = 20, 100
"""Units: fewer than the shoppers want, and more."""

BROKEN = {
    "reserve-without-stock-check": "Nothing is oversold, at no instant",
    "expiry-returns-units-twice": "Every unit is in exactly one place",
    "reply-of-another-shopper": "Each reservation has one shopper",
    "message-ends-a-running-hold": "What shoppers were told is what the stage has",
    "key-not-kept": "One idempotency key makes one reservation",
    "cancel-loses-the-units": "Every unit is in exactly one place",
    "last-come-first-served": "Who waits longest is served first",
}
"""A promise that each bug breaks."""


@pytest.fixture
def shop(database_url: str) -> Iterator[Shop]:
    """Open a shop whose stock need not balance after the test."""
    with opened(database_url) as shop:
        yield shop


@pytest.mark.parametrize("units", [FEW, MANY])
def test_a_sale_without_bugs_keeps_every_promise(shop: Shop, units: int) -> None:
    sale = sell(shop, SHOPPERS, units)
    assert verdict.judge(sale).broken() == set()
    assert sale.evidence.units("COMPLETED") > 0
    assert sale.evidence.timelines
    assert any(sale.evidence.waiters.values()) == (units == FEW)


@pytest.mark.parametrize("bug", PLANTED, ids=lambda bug: bug.name)
def test_a_planted_bug_breaks_its_promise(shop: Shop, database_url: str, bug: Mutant) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(with_bug(bug).encode())
    units = FEW if bug.name in SOLD_OUT else MANY
    assert BROKEN[bug.name] in verdict.judge(sell(shop, SHOPPERS, units)).broken()
