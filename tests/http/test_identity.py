"""Who may ask for what, in a version that gives out no tokens."""

import pytest

from chalicelib import config
from tests.http.conftest import Standing
from tests.http.gateway import event, reserve_event
from tests.http.shop import IPHONE, Shop

RESERVE = f'{{"productId": "{IPHONE}", "quantity": 1}}'
OPEN = ["/products", f"/products/{IPHONE}", "/health", "/openapi.json"]


def of_a_shopper(reservation_id: str, **headers: str) -> list[object]:
    """Return an event for every route that is about a shopper's own reservations."""
    one, given = "/reservations/{reservation_id}", {"Content-Type": "application/json", **headers}
    return [
        event("POST", "/reservations", body=RESERVE, headers=given),
        event("GET", "/reservations", headers=given),
        event("GET", one, reservation_id, headers=given),
        event("POST", f"{one}/complete", reservation_id, headers=given),
        event("POST", f"{one}/cancel", reservation_id, headers=given),
    ]


@pytest.fixture
def members_only(refusing: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Give a shop with ALLOW_ANONYMOUS off, as in AWS."""
    settings = config.load().model_copy(update={"allow_anonymous": False})
    monkeypatch.setattr(config, "load", lambda: settings)
    return refusing


@pytest.mark.parametrize(
    "credentials", ["Bearer x", "Bearer ", "", "Basic eDp5", "Bearer a.b.c", "é", "\x00", "x" * 10_000]
)
def test_nobody_can_have_a_valid_token(standing: Standing, refusing: Shop, credentials: str) -> None:
    for asked in of_a_shopper(standing.reservation_id, Authorization=credentials):
        reply = refusing.send(asked)
        assert (reply.status, reply.problem) == (401, "unauthenticated")
        assert reply.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["authorization", "AUTHORIZATION"])
def test_a_token_is_seen_in_whatever_case_its_header_comes(standing: Standing, refusing: Shop, header: str) -> None:
    for asked in of_a_shopper(standing.reservation_id, **{header: "Bearer x"}):
        assert refusing.send(asked).status == 401


def test_shoppers_without_a_token_are_refused_where_anonymous_access_is_off(
    standing: Standing, members_only: Shop
) -> None:
    for asked in of_a_shopper(standing.reservation_id):
        reply = members_only.send(asked)
        assert (reply.status, reply.problem) == (401, "unauthenticated")


@pytest.mark.parametrize("path", OPEN)
def test_products_and_the_service_itself_are_open_to_all(members_only: Shop, path: str) -> None:
    assert members_only.get(path).status == 200


def test_who_may_not_reserve_learns_nothing_about_the_body(members_only: Shop) -> None:
    assert members_only.send(reserve_event("{")).status == 401
