"""How values read in JSON."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from chalicelib.api.schemas import Price
from chalicelib.formats import rfc3339


class Priced(BaseModel):
    price: Price


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (datetime(2026, 11, 27, 9, tzinfo=UTC), "2026-11-27T09:00:00.000Z"),
        (datetime(2026, 11, 27, 9, 0, 0, 120_000, UTC), "2026-11-27T09:00:00.120Z"),
        (datetime(2026, 11, 27, 9, 0, 0, 999_999, UTC), "2026-11-27T09:00:00.999Z"),
        (datetime(2026, 11, 27, 1, tzinfo=timezone(timedelta(hours=2))), "2026-11-26T23:00:00.000Z"),
        (datetime(2026, 11, 27, 9, tzinfo=timezone(timedelta(hours=-9.5))), "2026-11-27T18:30:00.000Z"),
    ],
)
def test_instants_read_in_utc_with_milliseconds(instant: datetime, text: str) -> None:
    assert rfc3339(instant) == text


@given(price=st.decimals(0, Decimal("99999999.99"), places=2))
def test_a_price_is_a_number_of_exactly_its_value(price: Decimal) -> None:
    written = json.loads(Priced(price=price).model_dump_json(), parse_float=Decimal, parse_int=Decimal)
    assert written == {"price": price}


@pytest.mark.parametrize(("price", "text"), [("1199.00", "1199"), ("19.90", "19.9"), ("0.01", "0.01"), ("0.00", "0")])
def test_a_price_has_no_more_decimals_than_it_needs(price: str, text: str) -> None:
    assert Priced(price=Decimal(price)).model_dump_json() == f'{{"price":{text}}}'
