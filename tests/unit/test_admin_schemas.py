"""What an admin may set of a product: the values that are read, and those that are refused by their member's name."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from chalicelib.api.admin_schemas import NewProduct, ProductChange, Restock

WHOLE = {"name": "Lamp", "price": 19.99, "totalStock": 60}
INSTANT = "2026-11-27T09:00:00Z"
INSTANTS = ("saleStartsAt", "saleEndsAt")

NO_NUMBERS = ["true", "false", '"1"', '""', "[]", "{}", "NaN", "Infinity", "-Infinity", "1e999", '"\\u0000"']
NO_WHOLE_NUMBERS = [*NO_NUMBERS, "1.0", "1.0e3", "1e2", "0.5", "2147483648", str(2**63), str(10**4000)]
NO_NAMES = [
    *("null", "1", "true", "[]", "{}", '""', '" "', '"\\t\\n"', '"\\u00a0\\u3000"', '"\\u200b\\u202e"', '"\\u0000"'),
    *('"La\\u0000mp"', '"Lamp\\u0000"', f'"{"n" * 201}"', f'"{"é" * 201}"'),
]
NO_PRICES = [*NO_NUMBERS, "null", "-0.01", "-1", "0.001", "19.999", "99999999.991", "100000000", str(10**4000)]
NO_INSTANTS = [
    *("1", "1700000000", "true", "[]", "{}", "1e9", "NaN", '""', '"now"', '"1700000000"', '"2026-11-27"'),
    *('"09:00:00Z"', '"2026-11-27T09:00:00"', '"2026-11-27T09:00Z"', '"2026-13-27T09:00:00Z"'),
    *('"2026-02-30T09:00:00Z"', '"2026-11-27T25:00:00Z"', '"2026-11-27T09:00:61Z"', '"2026-11-27T09:00:00+99:00"'),
    *('"2026-11-27T09:00:00 Z"', f'"{INSTANT}x"', f'"{INSTANT}\\u0000"', '"0000-01-01T00:00:00Z"'),
    *('"0001-01-01T00:00:00+14:00"', '"1969-12-31T23:59:59Z"', '"9999-12-31T23:59:59-14:00"'),
    *('"10000-01-01T00:00:00Z"', '"99999-01-01T00:00:00Z"', '"-2026-11-27T09:00:00Z"'),
    *('"２０２６-11-27T09:00:00Z"', '"2026-W48-5T09:00:00Z"', f'"2026-11-27T09:00:00.{"1" * 3000}"'),
]
NO_IMAGES = [
    *(
        "1",
        "[]",
        '""',
        '"lamp.webp"',
        '"/"',
        '"//a.test/x"',
        '"/\\\\a.test/x"',
        '"http://a.test/x"',
        '"data:image/png,x"',
    ),
    *('"https://a.test"', '"https://A.test/x"', '"https://u@a.test/x"', '"https://a.test/x y"', '"/x\\n"', '"/é"'),
    *('"javascript:x"', '"HTTPS://a.test/x"', f'"/{"x" * 2000}"', '"/\\u0000"', '" /x"'),
]
NO_CURRENCIES = ["null", "1", '""', '"usd"', '"US"', '"USDT"', '"US1"', '"€€€"', '"USD\\n"', '"ＵＳＤ"']
REFUSED: dict[str, list[str]] = {
    "name": NO_NAMES,
    "price": NO_PRICES,
    "totalStock": [*NO_WHOLE_NUMBERS, "null", "-1", "10000001"],
    "holdSeconds": [*NO_WHOLE_NUMBERS, "0", "-1", "43201"],
    "maxPerShopper": [*NO_WHOLE_NUMBERS, "0", "-1"],
    **dict.fromkeys(INSTANTS, NO_INSTANTS),
    "description": [*(name for name in NO_NAMES[1:] if len(name) < 50), f'"{"n" * 2001}"'],
    "imageUrl": NO_IMAGES,
    "illustration": ["1", '""', '"parcel"', '"Phone-Triple"', '"../x"'],
    "currency": NO_CURRENCIES,
}
READ: dict[str, list[Any]] = {
    "name": ["L", "n" * 200, "  a  ", 'iPad "Pro" 12.9', "灯", "😀" * 200, "'; DROP TABLE stock"],
    "totalStock": [0, 1, 10_000_000],
    "holdSeconds": [None, 1, 43_200],
    "maxPerShopper": [None, 1, 2**31 - 1],
    "description": [None, "n", "灯" * 2000, "Two lines.\nTwo."],
    "imageUrl": [
        None,
        "/a",
        "/images/lamp%20(2).webp",
        "https://a.test/",
        "https://a-b.test:8443/x?y=1#z",
        "/" + "x" * 1999,
    ],
    "illustration": [None, "earbuds", "headphones", "laptop", "phone-stylus", "phone-triple", "tablet"],
    "currency": ["USD", "EUR", "JPY"],
}


def new(**members: object) -> NewProduct:
    return NewProduct.model_validate_json(json.dumps({**WHOLE, **members}))


def faults(model: type[BaseModel], text: str) -> set[str]:
    """Return the members that are at fault; the text is refused."""
    with pytest.raises(ValidationError) as refusal:
        model.model_validate_json(text)
    return {".".join(map(str, fault["loc"])) for fault in refusal.value.errors()}


@pytest.mark.parametrize("member", READ)
def test_a_value_is_read_up_to_the_ends_of_its_range(member: str) -> None:
    for value in READ[member]:
        assert new(**{member: value}).as_sent()[member] == value


@pytest.mark.parametrize("member", REFUSED)
def test_a_value_outside_its_range_or_of_another_type_is_refused_by_its_member(member: str) -> None:
    others = json.dumps({name: value for name, value in WHOLE.items() if name != member})[:-1]
    for literal in REFUSED[member]:
        assert faults(NewProduct, f'{others}, "{member}": {literal}}}') == {member}, literal[:60]
        if member not in ("totalStock", "currency"):
            assert faults(ProductChange, f'{{"{member}": {literal}}}') == {member}, literal[:60]


@given(price=st.decimals(0, Decimal("99999999.99"), places=2))
def test_a_price_of_at_most_two_decimals_is_read_as_it_is(price: Decimal) -> None:
    assert NewProduct.model_validate_json(f'{{"name": "a", "totalStock": 1, "price": {price}}}').price == price


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        (INSTANT, datetime(2026, 11, 27, 9, tzinfo=UTC)),
        ("2026-11-27t09:00:00.5z", datetime(2026, 11, 27, 9, 0, 0, 500_000, UTC)),
        ("2026-11-27T09:00:00.1239999999Z", datetime(2026, 11, 27, 9, 0, 0, 123_000, UTC)),
        ("2026-11-27 09:00:00+02:00", datetime(2026, 11, 27, 9, tzinfo=timezone(timedelta(hours=2)))),
        ("1970-01-01T00:00:00Z", datetime(1970, 1, 1, tzinfo=UTC)),
        ("9998-12-31T23:59:59.9999-14:00", datetime(9999, 1, 1, 13, 59, 59, 999_000, UTC)),
    ],
)
def test_an_instant_has_a_zone_and_milliseconds(text: str, instant: datetime) -> None:
    assert new(saleStartsAt=text).sale_starts_at == new(saleEndsAt=text).sale_ends_at == instant


@given(text=st.text(st.sampled_from("0123456789-:TZ+. ")) | st.datetimes().map(datetime.isoformat))
def test_any_text_for_an_instant_is_read_or_refused(text: str) -> None:
    try:
        asked = new(saleStartsAt=text)
    except ValidationError:
        return
    assert asked.sale_starts_at is not None
    assert 1970 <= asked.sale_starts_at.year <= 9999


def test_a_change_holds_the_members_that_were_given_and_no_others() -> None:
    for change in ({"name": "Lamp"}, {"price": 0}, {"holdSeconds": None}, {"saleStartsAt": None, "price": 1}):
        asked = ProductChange.model_validate_json(json.dumps(change))
        assert asked.as_sent() == change
        assert len(asked.columns()) == len(change)


def test_a_change_neither_restocks_nor_changes_the_currency() -> None:
    assert faults(ProductChange, '{"totalStock": 5, "currency": "EUR"}') == {"totalStock", "currency"}


def test_a_restock_adds_or_takes_out_1_to_1000000_units() -> None:
    for units in (1, -1, 1_000_000, -1_000_000):
        assert Restock.model_validate_json(f'{{"quantity": {units}}}').quantity == units
    for literal in (*NO_WHOLE_NUMBERS, "null", "0", "-0", "1000001", "-1000001", str(-(2**63))):
        assert faults(Restock, f'{{"quantity": {literal}}}') == {"quantity"}, literal[:60]
