"""Products and reservations in the states that tests start from."""

from decimal import Decimal
from uuid import UUID, uuid4

from psycopg import Connection

from chalicelib.catalog.create import insert
from chalicelib.db import reservations
from chalicelib.db.reservations import Reservation, ReservePolicy, ReserveRequest
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle import reserve as reserving
from chalicelib.lifecycle.complete import complete


def product(connection: Connection, units: int = 10, *, slots: list[int] | None = None, price: str = "10.00") -> UUID:
    """Put a product on sale; `slots` spreads its units over stock rows by hand."""
    if slots is not None:
        return products(connection, [slots], price)[0]
    product_id = uuid4()
    insert(connection, product_id, {"name": "A product", "price": Decimal(price)}, units)
    return product_id


def products(connection: Connection, slots: list[list[int]], price: str = "10.00") -> list[UUID]:
    """Put several products on sale in three statements; `slots` spreads the units of each over stock rows."""
    ids = [uuid4() for _ in slots]
    with connection.transaction():
        connection.execute(
            "INSERT INTO products (id, name, price, slots)"
            " SELECT id, 'A product', %s, slots FROM unnest(%s::uuid[], %s::smallint[]) AS new (id, slots)",
            [Decimal(price), ids, [len(each) for each in slots]],
        )
        _add_stock(connection, ids, slots)
    return ids


def lay_out(connection: Connection, product_id: UUID, slots: list[int]) -> None:
    """Give a product that has no units yet so many in each slot, whatever the database functions would choose."""
    with connection.transaction():
        connection.execute("DELETE FROM stock WHERE product_id = %s", [product_id])
        connection.execute("UPDATE products SET slots = %s WHERE id = %s", [len(slots), product_id])
        _add_stock(connection, [product_id], [slots])


def _add_stock(connection: Connection, ids: list[UUID], slots: list[list[int]]) -> None:
    rows = [(own, slot, units) for own, each in zip(ids, slots, strict=True) for slot, units in enumerate(each)]
    connection.execute(
        "INSERT INTO stock SELECT id, slot, units, units, 'infinity'"
        " FROM unnest(%s::uuid[], %s::smallint[], %s::integer[]) AS new (id, slot, units)",
        [list(column) for column in zip(*rows, strict=True)],
    )
    connection.execute(
        "INSERT INTO journal (at, event, product_id, quantity, by)"
        " SELECT instant_now(), 'RESTOCKED', id, units, 'admin'"
        " FROM unnest(%s::uuid[], %s::integer[]) AS new (id, units)",
        [ids, [sum(each) for each in slots]],
    )


def request(
    product_id: UUID, quantity: int = 1, *, shopper_id: UUID = ANONYMOUS, key: str | None = None
) -> ReserveRequest:
    """Ask for units of a product."""
    return ReserveRequest(product_id, quantity, shopper_id, key)


def reserve(connection: Connection, asked: ReserveRequest, **policy: int) -> Reservation:
    """Reserve what is asked for; without a policy for two minutes, and without limits."""
    return reserving.reserve(connection, asked, ReservePolicy(**{"hold_seconds": 120, **policy})).reservation


def active(
    connection: Connection, product_id: UUID, quantity: int = 1, *, shopper_id: UUID = ANONYMOUS, **policy: int
) -> Reservation:
    """Reserve units."""
    return reserve(connection, request(product_id, quantity, shopper_id=shopper_id), **policy)


def lapsed(connection: Connection, product_id: UUID, quantity: int = 1, *, shopper_id: UUID = ANONYMOUS) -> Reservation:
    """Reserve units in a hold that lapsed a second ago and that nothing has expired yet."""
    reservation = active(connection, product_id, quantity, shopper_id=shopper_id)
    let_lapse(connection, reservation.id)
    return reservation


def let_lapse(connection: Connection, reservation_id: UUID, seconds: float = 1) -> None:
    """Move a reservation into the past, so that its hold lapsed `seconds` ago."""
    connection.execute(
        "WITH moved AS (UPDATE reservations SET created_at = created_at - interval '1 hour',"
        " expires_at = instant_now() - make_interval(secs => %s) WHERE id = %s RETURNING *)"
        " UPDATE stock SET first_lapse_at = least(first_lapse_at, moved.expires_at) FROM moved"
        " WHERE stock.product_id = moved.product_id AND stock.slot = moved.slot",
        [seconds, reservation_id],
    )


def extendable(
    connection: Connection, product_id: UUID, quantity: int = 1, *, shopper_id: UUID = ANONYMOUS, **policy: int
) -> Reservation:
    """Reserve units in a hold that is about to lapse and can be extended, 10 times without another policy."""
    made = active(connection, product_id, quantity, shopper_id=shopper_id, **{"max_extensions": 10, **policy})
    let_nearly_lapse(connection, made.id)
    found = reservations.find(connection, made.id, shopper_id)
    assert found is not None
    return found


def let_nearly_lapse(connection: Connection, reservation_id: UUID, seconds: float = 20) -> None:
    """Move a running hold, so that it lapses in `seconds` and can be extended; any other stays as it is."""
    connection.execute(
        "WITH moved AS (UPDATE reservations SET created_at = lapse - (expires_at - created_at), expires_at = lapse"
        " FROM (SELECT instant_now() AS now, instant_now() + make_interval(secs => %s) AS lapse) AS soon"
        " WHERE id = %s AND status = 'ACTIVE' AND now < expires_at RETURNING *)"
        " UPDATE stock SET first_lapse_at = least(first_lapse_at, moved.expires_at) FROM moved"
        " WHERE stock.product_id = moved.product_id AND stock.slot = moved.slot",
        [seconds, reservation_id],
    )


def lapse_now(connection: Connection, reservation_id: UUID) -> None:
    """Let a running hold lapse at this instant; one that has ended stays as it is."""
    connection.execute(
        "WITH moved AS (UPDATE reservations SET expires_at = greatest(instant_now(), created_at + interval '1 ms')"
        " WHERE id = %s AND status = 'ACTIVE' RETURNING *)"
        " UPDATE stock SET first_lapse_at = least(first_lapse_at, moved.expires_at) FROM moved"
        " WHERE stock.product_id = moved.product_id AND stock.slot = moved.slot",
        [reservation_id],
    )


def completed(
    connection: Connection, product_id: UUID, quantity: int = 1, *, shopper_id: UUID = ANONYMOUS
) -> Reservation:
    """Reserve and pay for units."""
    return complete(connection, active(connection, product_id, quantity, shopper_id=shopper_id).id, shopper_id)


def available(connection: Connection, product_id: UUID) -> int:
    """Return what the product's stock rows hold, lapsed holds left out."""
    row = connection.execute("SELECT sum(available) FROM stock WHERE product_id = %s", [product_id]).fetchone()
    assert row is not None
    return int(row[0])


def lapses_before_the_bound(connection: Connection) -> list[UUID]:
    """Return running and lapsed holds that lapse before the first_lapse_at of their slot: there are never any."""
    return [
        reservation_id
        for (reservation_id,) in connection.execute(
            "SELECT id FROM reservations JOIN stock USING (product_id, slot)"
            " WHERE status = 'ACTIVE' AND expires_at < first_lapse_at"
        )
    ]


def status(connection: Connection, reservation_id: UUID) -> tuple[str, str | None]:
    """Return the status that a reservation's row has, and who ended it."""
    row = connection.execute("SELECT status, ended_by FROM reservations WHERE id = %s", [reservation_id]).fetchone()
    assert row is not None
    return row[0], row[1]
