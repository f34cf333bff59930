"""Cursors of the reservation list."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.api import cursor
from chalicelib.db.reservations import Reservation, ReservationStatus
from chalicelib.errors import InvalidRequest

instants = st.datetimes(datetime(2000, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 - UTC is added
    lambda instant: instant.replace(microsecond=instant.microsecond // 1000 * 1000)
)


def reservation(reservation_id: UUID, created_at: datetime) -> Reservation:
    return Reservation(
        id=reservation_id,
        product_id=uuid4(),
        product_name="A product",
        shopper_id=uuid4(),
        quantity=1,
        unit_price=Decimal(1),
        status=ReservationStatus.ACTIVE,
        created_at=created_at,
        expires_at=created_at + timedelta(minutes=2),
        ended_at=None,
        extensions_left=0,
        replaces=None,
    )


@given(reservation_id=st.uuids(), created_at=instants)
def test_a_cursor_leads_back_to_where_the_page_ended(reservation_id: UUID, created_at: datetime) -> None:
    text = cursor.after(reservation(reservation_id, created_at))
    assert cursor.parse(text) == (created_at, reservation_id)


@given(reservation_id=st.uuids(), created_at=instants)
def test_a_cursor_needs_no_escaping_in_an_address(reservation_id: UUID, created_at: datetime) -> None:
    assert cursor.after(reservation(reservation_id, created_at)).replace("-", "").replace("_", "").isalnum()


@given(text=st.text(st.characters()) | st.binary().map(lambda octets: urlsafe_b64encode(octets).decode()))
def test_anything_else_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(InvalidRequest) as raised:
        cursor.parse(text)
    assert raised.value.errors == [("after", "is not a cursor of this list")]
