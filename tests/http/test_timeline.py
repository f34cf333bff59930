"""The timeline of a reservation, which only the reply for that one reservation has."""

import pytest
from psycopg import Connection

from tests import factories
from tests.http.shop import IPHONE, Shop


def test_a_reservation_has_a_timeline(shop: Shop) -> None:
    reserved = shop.reserve(2)
    path = f"/reservations/{reserved['id']}"
    completed = shop.post(f"{path}/complete").json
    assert shop.get(path).json["timeline"] == [
        {"at": reserved["createdAt"], "event": "RESERVED", "by": "shopper"},
        {"at": completed["completedAt"], "event": "COMPLETED", "by": "shopper"},
    ]


def test_the_timeline_of_a_lapsed_hold_ends_with_the_lapse(shop: Shop, connection: Connection) -> None:
    lapsed = factories.lapsed(connection, factories.product(connection))
    shown = shop.get(f"/reservations/{lapsed.id}").json
    assert shown["timeline"][-1] == {"at": shown["expiresAt"], "event": "LAPSED", "by": "clock"}


@pytest.mark.parametrize("verb", ["complete", "cancel"])
def test_lists_and_other_replies_have_no_timeline(shop: Shop, verb: str) -> None:
    reserved = shop.reserve()
    ended = shop.post(f"/reservations/{reserved['id']}/{verb}").json
    for reply in (reserved, ended, shop.get("/reservations").json[0]):
        assert "timeline" not in reply


def test_another_shopper_can_not_read_the_timeline(shop: Shop) -> None:
    shopper = shop.as_shopper()
    path = f"/reservations/{shopper.reserve(1, IPHONE)['id']}"
    assert shopper.get(path).json["timeline"][0]["event"] == "RESERVED"
    for other in (shop, shop.as_shopper()):
        assert (other.get(path).status, other.get(path).problem) == (404, "not-found")
