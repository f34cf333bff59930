"""What the event bus is told of waiting lists."""

from typing import Any
from uuid import UUID, uuid4

from psycopg import Connection

from chalicelib.db.connection import Database
from chalicelib.formats import rfc3339
from chalicelib.lifecycle.cancel import cancel
from chalicelib.waiting_list.leave import leave
from tests.buses import RememberingBus, sent
from tests.factories import active, product
from tests.lines import entry, join
from tests.reserving import SHOPPER

FIRST, SECOND, THIRD = uuid4(), uuid4(), uuid4()


def test_tells_of_every_entry_and_nothing_of_the_shopper(
    connection: Connection, environment: Database, bus: RememberingBus
) -> None:
    product_id = product(connection, 1)
    hold = active(connection, product_id, shopper_id=SHOPPER)
    left, passed_over, served = (join(connection, product_id, shopper) for shopper in (FIRST, SECOND, THIRD))
    leave(connection, left.id, FIRST)
    hoarding(connection, SECOND)
    cancel(connection, hold.id, SHOPPER)
    sent(connection, environment, bus)
    offer = entry(connection, served)
    told = [event for batch in bus.batches for event in batch if event.detail["waiterId"]]
    assert [(event.name, event.detail["waiterId"], event.detail["reservationId"]) for event in told] == [
        ("WaiterJoined", str(left.id), None),
        ("WaiterJoined", str(passed_over.id), None),
        ("WaiterJoined", str(served.id), None),
        ("WaiterLeft", str(left.id), None),
        ("WaiterPassedOver", str(passed_over.id), None),
        ("WaiterOffered", str(served.id), str(offer.reservation_id)),
    ]
    assert offer.ended_at is not None
    assert without_id(told[-1].detail) == {
        "at": rfc3339(offer.ended_at),
        "event": "OFFERED",
        "productId": str(product_id),
        "reservationId": str(offer.reservation_id),
        "waiterId": str(served.id),
        "quantity": 1,
        "by": "waiting-list",
    }
    assert [name for name, reservation_id in bus.told if reservation_id == str(offer.reservation_id)] == [
        "RESERVED",
        "OFFERED",
    ]
    everything = str(bus.batches)
    assert not [shopper for shopper in (FIRST, SECOND, THIRD) if str(shopper) in everything]


def hoarding(connection: Connection, shopper_id: UUID) -> None:
    """Let a shopper who waits have as many holds as are allowed."""
    connection.execute("UPDATE waiters SET max_active_holds = 1 WHERE shopper_id = %s", [shopper_id])
    active(connection, product(connection, 1), shopper_id=shopper_id)


def without_id(detail: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in detail.items() if name != "id"}
