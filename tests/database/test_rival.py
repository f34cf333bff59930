"""The usual algorithm, which the benchmarks compare with: it must reserve, or the comparison means nothing."""

import pytest
from psycopg import Connection

from chalicelib.db.reservations import ReservePolicy
from chalicelib.errors import InsufficientStock
from tests.bench.rival import reserve_from_a_single_row
from tests.factories import available, product, request


def test_it_reserves_until_the_stock_is_used_up(connection: Connection) -> None:
    product_id = product(connection, slots=[2])
    made = reserve_from_a_single_row(connection, request(product_id, 2), ReservePolicy(120))
    assert (made.reservation.quantity, made.reservation.status) == (2, "ACTIVE")
    assert available(connection, product_id) == 0
    with pytest.raises(InsufficientStock):
        reserve_from_a_single_row(connection, request(product_id), ReservePolicy(120))
