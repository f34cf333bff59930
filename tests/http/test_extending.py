"""Extending a hold over HTTP."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from psycopg import Connection

from tests import factories
from tests.http.shop import Shop
from tests.lines import join

TWO_MINUTES = timedelta(seconds=120)


def lapse(reservation: dict[str, str]) -> datetime:
    return datetime.fromisoformat(reservation["expiresAt"])


def extendable(reservation: dict[str, str]) -> datetime:
    return datetime.fromisoformat(reservation["extendableAt"])


def test_the_reply_is_the_reservation_with_its_new_lapse(shop: Shop, connection: Connection) -> None:
    hold = shop.extendable(connection, 2)
    reply = shop.post(f"/reservations/{hold['id']}/extend")
    assert (reply.status, reply.headers["Cache-Control"]) == (200, "private, no-store")
    assert lapse(reply.json) == lapse(hold) + TWO_MINUTES
    assert (hold["extensionsLeft"], reply.json["extensionsLeft"]) == (10, 9)
    assert extendable(reply.json) == extendable(hold) + TWO_MINUTES
    assert reply.json == shop.reservation(f"/reservations/{hold['id']}")
    changed = {name: reply.json[name] for name in ("expiresAt", "extendableAt", "extensionsLeft")}
    assert reply.json == {**hold, **changed}


def test_a_message_is_sent_for_the_new_lapse(shop: Shop, connection: Connection) -> None:
    """As late as the database says that it is, whatever the clock of this machine."""
    hold = shop.extendable(connection)
    shop.post(f"/reservations/{hold['id']}/extend")
    (first, _), (second, seconds) = shop.queue.sent
    assert first == second == UUID(hold["id"])
    assert 130 < seconds <= 140


def test_a_repeated_extension_is_refused_as_too_early_and_changes_nothing(shop: Shop, connection: Connection) -> None:
    path = f"/reservations/{shop.extendable(connection)['id']}"
    extended = shop.post(f"{path}/extend").json
    reply = shop.post(f"{path}/extend")
    assert (reply.status, reply.problem) == (409, "extension-too-early")
    assert reply.json["extendableAt"] == extended["extendableAt"]
    assert 100 < int(reply.headers["Retry-After"]) <= 110
    assert (shop.reservation(path), len(shop.queue.sent)) == (extended, 2)


def test_an_extension_without_one_left_is_refused_and_changes_nothing(shop: Shop, connection: Connection) -> None:
    hold = factories.extendable(connection, factories.product(connection), max_extensions=0)
    before = shop.reservation(f"/reservations/{hold.id}")
    reply = shop.post(f"/reservations/{hold.id}/extend")
    assert (reply.status, reply.problem, reply.json["othersWait"]) == (409, "extension-limit", False)
    assert (shop.reservation(f"/reservations/{hold.id}"), shop.queue.sent) == (before, [])


def test_a_second_extension_while_others_wait_is_refused_and_says_so(shop: Shop, connection: Connection) -> None:
    product_id = factories.product(connection, 1)
    hold = factories.extendable(connection, product_id)
    join(connection, product_id, uuid4())
    path = f"/reservations/{hold.id}"
    assert shop.post(f"{path}/extend").json["extensionsLeft"] == 0
    factories.let_nearly_lapse(connection, hold.id)
    before = shop.reservation(path)
    reply = shop.post(f"{path}/extend")
    assert (reply.status, reply.problem, reply.json["othersWait"]) == (409, "extension-limit", True)
    assert "Others wait for this product" in reply.json["detail"]
    assert shop.reservation(path) == before


def test_a_lapsed_hold_is_not_extended(shop: Shop, connection: Connection) -> None:
    lapsed = factories.lapsed(connection, factories.product(connection))
    reply = shop.post(f"/reservations/{lapsed.id}/extend")
    assert (reply.status, reply.problem) == (410, "reservation-expired")
    assert (shop.get(f"/reservations/{lapsed.id}").json["status"], shop.queue.sent) == ("EXPIRED", [])


def test_an_ended_reservation_is_not_extended(shop: Shop) -> None:
    path = f"/reservations/{shop.reserve()['id']}"
    shop.post(f"{path}/complete")
    reply = shop.post(f"{path}/extend")
    assert (reply.status, reply.problem, reply.json["reservationStatus"]) == (409, "not-active", "COMPLETED")
    assert len(shop.queue.sent) == 1


def test_another_shoppers_hold_is_not_found(shop: Shop, connection: Connection) -> None:
    hold = factories.active(connection, factories.product(connection), shopper_id=uuid4(), max_extensions=1)
    for stranger in (shop, shop.as_shopper()):
        reply = stranger.post(f"/reservations/{hold.id}/extend")
        assert (reply.status, reply.problem) == (404, "not-found")
    assert shop.queue.sent == []


def test_the_timeline_shows_the_extension(shop: Shop, connection: Connection) -> None:
    path = f"/reservations/{shop.extendable(connection)['id']}"
    shop.post(f"{path}/extend")
    assert [entry["event"] for entry in shop.get(path).json["timeline"]] == ["RESERVED", "EXTENDED"]
