"""How units are spread over stock rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.db.stock import SLOTS_MAX, UNITS_PER_SLOT, slots_for, spread

totals = st.integers(0, 10_000_000)


@given(units=totals, slots=st.integers(1, 100))
def test_no_unit_is_lost_and_no_slot_has_two_more_than_another(units: int, slots: int) -> None:
    shares = spread(units, slots)
    assert (len(shares), sum(shares)) == (slots, units)
    assert 0 <= min(shares) <= max(shares) <= min(shares) + 1


@given(total=totals)
def test_every_product_has_a_slot_and_none_too_many(total: int) -> None:
    assert 1 <= slots_for(total) <= SLOTS_MAX


@given(total=totals, more=totals)
def test_more_units_never_have_fewer_slots(total: int, more: int) -> None:
    assert slots_for(total) <= slots_for(total + more)


@given(total=totals)
def test_units_are_only_spread_where_every_slot_is_well_filled(total: int) -> None:
    slots = slots_for(total)
    assert slots == 1 or min(spread(total, slots)) >= UNITS_PER_SLOT


@pytest.mark.parametrize(("total", "slots"), [(0, 1), (10, 1), (49, 1), (50, 2), (200, 8), (800, 32), (10_000_000, 32)])
def test_a_product_with_few_units_has_one_slot_and_a_hot_one_many(total: int, slots: int) -> None:
    assert slots_for(total) == slots
