"""Who may ask for what: with a token, with one for something else, and without any."""

from uuid import UUID, uuid4

import pytest

from chalicelib import config
from chalicelib.identity.shoppers import ANONYMOUS
from tests.http.conftest import Standing
from tests.http.gateway import reserve_event
from tests.http.routes import OF_ADMINS, OF_ONE, OF_SHOPPERS, ROUTES, Callers, Route
from tests.http.shop import IPHONE, Shop

UNKNOWN = str(UUID(int=1))
LIST = Route("GET", "/reservations")
RESERVE = Route("POST", "/reservations")


@pytest.fixture
def members_only(refusing: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Give a shop with ALLOW_ANONYMOUS off, as in AWS."""
    settings = config.load().model_copy(update={"allow_anonymous": False})
    monkeypatch.setattr(config, "load", lambda: settings)
    return refusing


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_each_request_made_here_is_granted_to_whom_it_is_for(shop: Shop, route: Route) -> None:
    owner = shop.as_shopper()
    caller = {Callers.EVERYONE: shop, Callers.SHOPPERS: owner, Callers.ADMINS: shop.as_admin()}[route.callers]
    reply = caller.send(route.event(owner.reserve()["id"]))
    assert reply.status in {200, 201}, "or the refusals below would have other reasons"


@pytest.mark.parametrize("route", OF_ONE, ids=str)
def test_a_reservation_does_not_exist_for_anybody_else(standing: Standing, refusing: Shop, route: Route) -> None:
    for someone in (refusing.as_shopper(), refusing):
        theirs = someone.send(route.event(standing.owners_reservation_id))
        nobodys = someone.send(route.event(UNKNOWN))
        assert (theirs.status, theirs.problem, theirs.body) == (404, "not-found", nobodys.body)


@pytest.mark.parametrize("route", OF_ONE, ids=str)
def test_what_was_reserved_without_a_token_does_not_exist_for_who_has_one(
    standing: Standing, refusing: Shop, route: Route
) -> None:
    reply = refusing.as_shopper().send(route.event(standing.reservation_id))
    assert (reply.status, reply.problem) == (404, "not-found")


def test_lists_show_ones_own_and_nothing_else(standing: Standing, refusing: Shop) -> None:
    def listed(shop: Shop) -> list[str]:
        return [reservation["id"] for reservation in shop.send(LIST.event(UNKNOWN)).json]

    assert listed(standing.owner) == [standing.owners_reservation_id]
    assert listed(refusing) == [standing.reservation_id]
    assert listed(refusing.as_shopper()) == []


def test_a_shopper_is_who_the_token_says(shop: Shop) -> None:
    shopper_id = uuid4()
    reservation = shop.as_shopper(shopper_id).reserve()
    assert shop.as_shopper(shopper_id).get(f"/reservations/{reservation['id']}").status == 200
    assert shop.as_shopper(shopper_id).post(f"/reservations/{reservation['id']}/cancel").status == 200


@pytest.mark.parametrize("route", OF_SHOPPERS, ids=str)
def test_an_admin_is_not_a_shopper(standing: Standing, refusing: Shop, route: Route) -> None:
    theirs, nobodys = (refusing.as_admin().send(route.event(one)) for one in (standing.owners_reservation_id, UNKNOWN))
    assert (theirs.status, theirs.problem, theirs.body) == (403, "forbidden", nobodys.body)


@pytest.mark.parametrize("route", OF_ADMINS, ids=str)
def test_a_shopper_is_not_an_admin(refusing: Shop, route: Route) -> None:
    reply = refusing.as_shopper().send(route.event(UNKNOWN))
    assert (reply.status, reply.problem) == (403, "forbidden")


@pytest.mark.parametrize("route", OF_ADMINS, ids=str)
def test_without_a_token_nobody_is_an_admin_however_welcome(refusing: Shop, route: Route) -> None:
    reply = refusing.send(route.event(UNKNOWN))
    assert (reply.status, reply.problem, reply.headers["WWW-Authenticate"]) == (401, "unauthenticated", "Bearer")


@pytest.mark.parametrize("route", OF_SHOPPERS, ids=str)
def test_without_a_token_nobody_is_a_shopper_where_anonymous_access_is_off(
    standing: Standing, members_only: Shop, route: Route
) -> None:
    for reservation_id in (standing.reservation_id, standing.owners_reservation_id, UNKNOWN):
        reply = members_only.send(route.event(reservation_id))
        assert (reply.status, reply.problem, reply.headers["WWW-Authenticate"]) == (401, "unauthenticated", "Bearer")


def test_tokens_count_as_before_where_anonymous_access_is_off(standing: Standing, members_only: Shop) -> None:
    assert members_only.with_token(standing.owner.token).send(LIST.event(UNKNOWN)).json != []
    assert members_only.as_admin().get("/admin/audit").status == 200


@pytest.mark.parametrize("path", ["/products", f"/products/{IPHONE}", "/health", "/openapi.json"])
def test_what_is_open_to_all_is_the_same_for_all(standing: Standing, members_only: Shop, path: str) -> None:
    for someone in (members_only, members_only.with_token(standing.owner.token), members_only.as_admin()):
        reply = someone.get(path)
        assert (reply.status, reply.body) == (200, members_only.get(path).body)


def test_who_may_not_reserve_learns_nothing_about_the_body(members_only: Shop) -> None:
    for someone, status in ((members_only, 401), (members_only.as_admin(), 403), (members_only.with_token("x"), 401)):
        assert someone.send(reserve_event("{")).status == status


def test_the_owner_of_the_anonymous_reservations_can_t_be_had_with_a_token(refusing: Shop) -> None:
    reply = refusing.as_shopper(ANONYMOUS).send(LIST.event(UNKNOWN))
    assert (reply.status, reply.problem) == (401, "unauthenticated")


@pytest.mark.parametrize("header", ["authorization", "AUTHORIZATION"])
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_token_is_seen_in_whatever_case_its_header_comes(
    standing: Standing, refusing: Shop, header: str, scheme: str
) -> None:
    for token, status in ((standing.owner.token, 200), ("x", 401)):
        asked = LIST.event(UNKNOWN)
        assert refusing.send({**asked, "headers": {header: f"{scheme} {token}"}}).status == status
