"""What admins may ask for: closed, strict, and within what the database can hold."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from chalicelib.api.admin_schemas import NewProduct, ProductChange, Restock

WHOLE = {"name": "Lamp", "price": 19.99, "totalStock": 60}
INSTANT = "2026-11-27T09:00:00Z"


def new(**members: object) -> NewProduct:
    return NewProduct.model_validate_json(json.dumps({**WHOLE, **members}))


def changed(text: str) -> ProductChange:
    return ProductChange.model_validate_json(text)


def faults(text: str) -> set[str]:
    """Return the members that make this no product; the names are those of the contract."""
    with pytest.raises(ValidationError) as refusal:
        NewProduct.model_validate_json(text)
    return {".".join(map(str, fault["loc"])) for fault in refusal.value.errors()}


def with_member(name: str, literal: str) -> str:
    others = {member: value for member, value in WHOLE.items() if member != name}
    return f'{json.dumps(others)[:-1]}, "{name}": {literal}}}'


NO_NUMBERS = ["true", "false", '"1"', '""', "null", "[]", "{}", "NaN", "Infinity", "-Infinity", "1e999", '"\\u0000"']
NO_WHOLE_NUMBERS = [*NO_NUMBERS, "1.0", "1.0e3", "1e2", "0.5", str(2**31), str(2**63), str(10**4000)]
NO_CONDITIONS = [literal for literal in NO_WHOLE_NUMBERS if literal != "null"]


@given(price=st.decimals(0, Decimal("99999999.99"), places=2))
def test_a_price_of_at_most_two_decimals_is_read_as_it_is(price: Decimal) -> None:
    assert NewProduct.model_validate_json(with_member("price", str(price))).price == price


@pytest.mark.parametrize(
    "literal",
    [*NO_NUMBERS, "-0.01", "-1", "0.001", "19.999", "0.30000000000000004", "99999999.991", "100000000", str(10**4000)],
)
def test_nothing_else_is_a_price(literal: str) -> None:
    assert faults(with_member("price", literal)) == {"price"}


@pytest.mark.parametrize("units", [0, 1, 10_000_000])
def test_a_product_may_have_ten_million_units(units: int) -> None:
    assert new(totalStock=units).total_stock == units


@pytest.mark.parametrize("literal", [*NO_WHOLE_NUMBERS, "-1", "10000001"])
def test_nothing_else_is_a_stock(literal: str) -> None:
    assert faults(with_member("totalStock", literal)) == {"totalStock"}


@pytest.mark.parametrize("seconds", [None, 1, 43_200])
def test_a_hold_lasts_up_to_twelve_hours(seconds: int | None) -> None:
    assert new(holdSeconds=seconds).hold_seconds == seconds


@pytest.mark.parametrize("literal", [*NO_CONDITIONS, "0", "-1", "43201"])
def test_nothing_else_is_the_length_of_a_hold(literal: str) -> None:
    assert faults(with_member("holdSeconds", literal)) == {"holdSeconds"}


@pytest.mark.parametrize("limit", [None, 1, 2**31 - 1])
def test_a_shopper_may_have_one_or_more(limit: int | None) -> None:
    assert new(maxPerShopper=limit).max_per_shopper == limit


@pytest.mark.parametrize("literal", [*NO_CONDITIONS, "0", "-1"])
def test_nothing_else_is_a_limit(literal: str) -> None:
    assert faults(with_member("maxPerShopper", literal)) == {"maxPerShopper"}


@pytest.mark.parametrize("name", ["L", "n" * 200, "  a  ", 'iPad "Pro" 12.9', "灯", "😀" * 200, "'; DROP TABLE stock"])
def test_a_name_has_up_to_200_characters_and_one_to_see(name: str) -> None:
    assert new(name=name).name == name


@pytest.mark.parametrize(
    "literal",
    [
        *(
            "null",
            "1",
            "true",
            "[]",
            "{}",
            '""',
            '" "',
            '"\\t\\n"',
            '"\\u00a0\\u3000"',
            '"\\u200b\\u202e"',
            '"\\u0000"',
        ),
        *('"La\\u0000mp"', '"Lamp\\u0000"', f'"{"n" * 201}"', f'"{"é" * 201}"'),
    ],
)
def test_nothing_else_is_a_name(literal: str) -> None:
    assert faults(with_member("name", literal)) == {"name"}


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
@pytest.mark.parametrize("member", ["saleStartsAt", "saleEndsAt"])
def test_an_instant_has_a_zone_and_milliseconds(member: str, text: str, instant: datetime) -> None:
    asked = new(**{member: text})
    assert {asked.sale_starts_at, asked.sale_ends_at} == {None, instant}


@pytest.mark.parametrize(
    "literal",
    [
        *("1", "1700000000", "true", "[]", "{}", "1e9", "NaN"),
        *(
            f'"{text}"'
            for text in (
                *("", "now", "1700000000", "2026-11-27", "09:00:00Z", "2026-11-27T09:00:00", "2026-11-27T09:00Z"),
                *("2026-13-27T09:00:00Z", "2026-02-30T09:00:00Z", "2026-11-27T25:00:00Z", "2026-11-27T09:00:61Z"),
                *("2026-11-27T09:00:00+99:00", "2026-11-27T09:00:00 Z", f"{INSTANT}x", f"{INSTANT}\\u0000"),
                *("0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "1969-12-31T23:59:59Z"),
                *(
                    "9999-12-31T23:59:59-14:00",
                    "10000-01-01T00:00:00Z",
                    "99999-01-01T00:00:00Z",
                    "-2026-11-27T09:00:00Z",
                ),
                *("２０２６-11-27T09:00:00Z", "2026-W48-5T09:00:00Z", f"2026-11-27T09:00:00.{'1' * 3000}"),
            )
        ),
    ],
)
@pytest.mark.parametrize("member", ["saleStartsAt", "saleEndsAt"])
def test_nothing_else_is_an_instant(member: str, literal: str) -> None:
    assert faults(with_member(member, literal)) == {member}


@given(text=st.text(st.sampled_from("0123456789-:TZ+. ")) | st.datetimes().map(datetime.isoformat))
def test_whatever_is_sent_for_an_instant_is_read_or_refused(text: str) -> None:
    try:
        asked = new(saleStartsAt=text)
    except ValidationError:
        return
    assert asked.sale_starts_at is not None
    assert 1970 <= asked.sale_starts_at.year <= 9999


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_a_new_product_needs_a_name_a_price_and_a_stock(missing: str) -> None:
    assert faults(json.dumps({name: value for name, value in WHOLE.items() if name != missing})) == {missing}


@pytest.mark.parametrize("unknown", ["id", "total_stock", "hold_seconds", "availableStock", "Name", ""])
def test_members_are_known_by_the_names_of_the_contract_alone(unknown: str) -> None:
    assert faults(json.dumps({**WHOLE, unknown: 1})) == {unknown}


@pytest.mark.parametrize(
    "change",
    [{"name": "Lamp"}, {"price": 0}, {"holdSeconds": None}, {"maxPerShopper": 3}, {"saleStartsAt": None, "price": 1}],
)
def test_what_was_not_given_is_no_change(change: dict[str, Any]) -> None:
    asked = changed(json.dumps(change))
    assert asked.as_sent() == change
    assert len(asked.model_dump(exclude_unset=True)) == len(change)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "{}",
            "null",
            "[]",
            '{"name": null}',
            '{"price": null}',
            '{"totalStock": 5}',
            '{"name": ""}',
            '{"price": "1"}',
        ),
        *(
            '{"holdSeconds": 0}',
            '{"maxPerShopper": true}',
            '{"saleEndsAt": "2026-11-27T09:00:00"}',
            '{"price": 1, "x": 1}',
        ),
    ],
)
def test_nothing_and_what_can_not_be_is_no_change(text: str) -> None:
    with pytest.raises(ValidationError):
        changed(text)


@pytest.mark.parametrize("units", [1, -1, 1_000_000, -1_000_000])
def test_a_million_units_come_in_or_go_out_at_a_time(units: int) -> None:
    assert Restock.model_validate_json(f'{{"quantity": {units}}}').quantity == units


@pytest.mark.parametrize("literal", [*NO_WHOLE_NUMBERS, "0", "-0", "1000001", "-1000001", str(-(2**63))])
def test_nothing_else_is_a_restock(literal: str) -> None:
    with pytest.raises(ValidationError):
        Restock.model_validate_json(f'{{"quantity": {literal}}}')
