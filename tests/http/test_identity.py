"""Who may ask for what: with a token, with a token for something else, with a bad one, and without any.

Which tokens are bad is tested in tests/unit/test_bad_tokens.py and test_external_tokens.py; here each route is asked
with one of them.
"""

from uuid import uuid4

import pytest
from psycopg import Connection

from chalicelib import config
from chalicelib.identity.shoppers import ANONYMOUS
from tests.http.admin_requests import refund_required
from tests.http.conftest import SharedShop
from tests.http.gateway import Reply, reserve_event
from tests.http.routes import OF_A_WAITER, OF_ADMINS, OF_ONE, OF_SHOPPERS, ROUTES, UNKNOWN, Callers, Route
from tests.http.shop import IPHONE, Shop
from tests.jwts import tampered
from tests.logs import logged

LIST = Route("GET", "/reservations")


@pytest.fixture
def shop_without_anonymous(unchanged_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Give a shop with ALLOW_ANONYMOUS off, as in AWS."""
    settings = config.load().model_copy(update={"allow_anonymous": False})
    monkeypatch.setattr(config, "load", lambda: settings)
    return unchanged_shop


def is_unauthenticated(reply: Reply) -> bool:
    return (reply.status, reply.problem, reply.headers.get("WWW-Authenticate")) == (401, "unauthenticated", "Bearer")


def test_each_route_answers_the_callers_that_it_is_for(shop: Shop, connection: Connection) -> None:
    """Otherwise the refusals below could have other reasons."""
    refund_required(connection, IPHONE)
    for route in ROUTES:
        owner = shop.as_shopper()
        caller = {Callers.EVERYONE: shop, Callers.SHOPPERS: owner, Callers.ADMINS: shop.as_admin()}[route.callers]
        reservation_id = owner.extendable(connection)["id"] if route in OF_ONE else UNKNOWN
        waiter_id = owner.wait()["id"] if route in OF_A_WAITER else UNKNOWN
        reply = caller.send(route.event(reservation_id, waiter_id=waiter_id))
        assert reply.status in {200, 201}, route


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_bad_token_is_refused_on_every_route(
    shared_shop: SharedShop, shop_without_anonymous: Shop, route: Route
) -> None:
    bad = tampered(shared_shop.owner.token or "", sub=str(uuid4()))
    replies = [
        shop.send(route.event(shared_shop.owners_reservation_id, authorization))
        for authorization in (f"Bearer {bad}", "Basic eDp5")
        for shop in (shared_shop.shop, shop_without_anonymous)
    ]
    assert all(map(is_unauthenticated, replies))
    assert len({reply.body for reply in replies}) == 1, "the reply says nothing about what was asked for"


def test_a_bad_token_is_neither_logged_nor_repeated(unchanged_shop: Shop) -> None:
    bad = tampered(unchanged_shop.as_shopper().token or "", sub="someone")
    with logged() as lines:
        replies = [unchanged_shop.with_token(bad).get("/reservations"), unchanged_shop.with_token(bad).get("/products")]
    written = lines.text + "".join(reply.body for reply in replies)
    assert not [part for part in bad.split(".") if part in written]


@pytest.mark.parametrize("route", [route for route in OF_ONE if route in OF_SHOPPERS], ids=str)
def test_a_reservation_does_not_exist_for_anybody_else(
    shared_shop: SharedShop, unchanged_shop: Shop, route: Route
) -> None:
    shopper, anonymous = unchanged_shop.as_shopper(), unchanged_shop
    for someone, reservation_id in (
        (shopper, shared_shop.owners_reservation_id),
        (anonymous, shared_shop.owners_reservation_id),
        (shopper, shared_shop.reservation_id),
    ):
        of_another, of_nobody = someone.send(route.event(reservation_id)), someone.send(route.event(UNKNOWN))
        assert (of_another.status, of_another.problem, of_another.body) == (404, "not-found", of_nobody.body)


def test_lists_show_the_callers_own_reservations_alone(shared_shop: SharedShop, unchanged_shop: Shop) -> None:
    def listed(shop: Shop) -> list[str]:
        return [reservation["id"] for reservation in shop.send(LIST.event(UNKNOWN)).json]

    assert listed(shared_shop.owner) == [shared_shop.owners_reservation_id]
    assert listed(unchanged_shop) == [shared_shop.reservation_id]
    assert listed(unchanged_shop.as_shopper()) == []


def test_the_token_names_the_shopper(shop: Shop) -> None:
    shopper_id = uuid4()
    reservation = shop.as_shopper(shopper_id).reserve()
    assert shop.as_shopper(shopper_id).get(f"/reservations/{reservation['id']}").status == 200
    assert shop.as_shopper(shopper_id).post(f"/reservations/{reservation['id']}/cancel").status == 200


@pytest.mark.parametrize("route", OF_SHOPPERS, ids=str)
def test_a_shoppers_route_is_for_shoppers(shared_shop: SharedShop, shop_without_anonymous: Shop, route: Route) -> None:
    for reservation_id in (shared_shop.owners_reservation_id, UNKNOWN):
        admin = shop_without_anonymous.as_admin().send(route.event(reservation_id))
        assert (admin.status, admin.problem) == (403, "forbidden")
        assert is_unauthenticated(shop_without_anonymous.send(route.event(reservation_id)))


@pytest.mark.parametrize("route", OF_ADMINS, ids=str)
def test_an_admins_route_is_for_admins(unchanged_shop: Shop, route: Route) -> None:
    shopper = unchanged_shop.as_shopper().send(route.event(UNKNOWN))
    assert (shopper.status, shopper.problem) == (403, "forbidden")
    assert is_unauthenticated(unchanged_shop.send(route.event(UNKNOWN)))
    assert is_unauthenticated(unchanged_shop.send({**route.event(UNKNOWN), "body": "{"})), "before the body is read"


def test_tokens_are_accepted_where_anonymous_access_is_off(
    shared_shop: SharedShop, shop_without_anonymous: Shop
) -> None:
    assert shop_without_anonymous.with_token(shared_shop.owner.token).send(LIST.event(UNKNOWN)).json != []
    assert shop_without_anonymous.as_admin().get("/admin/audit").status == 200


@pytest.mark.parametrize("path", ["/products", f"/products/{IPHONE}", "/health", "/openapi.json"])
def test_open_routes_answer_every_caller_alike(
    shared_shop: SharedShop, shop_without_anonymous: Shop, path: str
) -> None:
    shop = shop_without_anonymous
    for someone in (shop, shop.with_token(shared_shop.owner.token), shop.as_admin()):
        reply = someone.get(path)
        assert (reply.status, reply.body) == (200, shop.get(path).body)


def test_a_caller_who_may_not_reserve_learns_nothing_about_the_body(shop_without_anonymous: Shop) -> None:
    shop = shop_without_anonymous
    for someone, status in ((shop, 401), (shop.as_admin(), 403), (shop.with_token("x"), 401)):
        assert someone.send(reserve_event("{")).status == status


def test_a_token_with_the_anonymous_id_is_rejected(unchanged_shop: Shop) -> None:
    assert is_unauthenticated(unchanged_shop.as_shopper(ANONYMOUS).send(LIST.event(UNKNOWN)))


@pytest.mark.parametrize("header", ["authorization", "AUTHORIZATION"])
def test_a_token_is_read_in_whatever_case_its_header_comes(
    shared_shop: SharedShop, unchanged_shop: Shop, header: str
) -> None:
    for token, status in ((shared_shop.owner.token, 200), ("x", 401)):
        asked = {**LIST.event(UNKNOWN), "headers": {header: f"Bearer {token}"}}
        assert unchanged_shop.send(asked).status == status
