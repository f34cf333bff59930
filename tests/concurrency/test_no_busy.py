"""A small product and more shoppers than slots: everybody waits a moment, nobody is sent away while units are left."""

from collections import Counter
from uuid import uuid4

import pytest
from psycopg import Connection

from tests.factories import available, product, request, reserve
from tests.rivals import at_once


@pytest.mark.parametrize(("shoppers", "units"), [(100, 120), (20, 10), (40, 40)])
def test_as_many_are_served_as_there_are_units(
    connection: Connection, database_url: str, shoppers: int, units: int
) -> None:
    product_id = product(connection, units)
    works = [lambda own: reserve(own, request(product_id, shopper_id=uuid4(), key=str(uuid4())))] * shoppers
    outcomes = Counter(type(outcome).__name__ for outcome in at_once(database_url, works))
    served = min(shoppers, units)
    assert outcomes == Counter({"Reservation": served, "InsufficientStock": shoppers - served})
    assert available(connection, product_id) == units - served
