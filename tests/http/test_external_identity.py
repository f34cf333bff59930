"""Shoppers of an identity provider. Which of its tokens are refused is tested in tests/unit/test_external_tokens.py."""

from uuid import NAMESPACE_URL, UUID, uuid5

from psycopg import Connection

from tests import jwts
from tests.http.gateway import event
from tests.http.provider import ISSUER, SECOND, Provider, status, token
from tests.http.routes import ROUTES
from tests.http.shop import Shop, opened


def test_a_shopper_of_the_provider_is_a_shopper_like_any_other(provider_shop: Shop, connection: Connection) -> None:
    shopper = provider_shop.with_token(token())
    reservation = shopper.reserve()
    assert [one["id"] for one in shopper.get("/reservations").json] == [reservation["id"]]
    for other in (provider_shop, provider_shop.as_shopper(), provider_shop.with_token(token(sub="user-2"))):
        assert other.get(f"/reservations/{reservation['id']}").status == 404
    assert connection.execute("SELECT shopper_id FROM reservations").fetchone() == (
        uuid5(uuid5(NAMESPACE_URL, ISSUER), "user-1"),
    )


def test_tokens_of_the_service_are_accepted_beside_those_of_the_provider(
    provider_shop: Shop, provider: Provider
) -> None:
    assert status(provider_shop, provider_shop.post("/shoppers").json["token"]) == 200
    assert provider_shop.as_admin().get("/admin/audit").status == 200
    assert provider.fetches == 0, "nothing of the provider was needed"


def test_a_token_of_the_provider_makes_nobody_an_admin(provider_shop: Shop) -> None:
    assert provider_shop.with_token(token(scope="admin")).get("/admin/audit").status == 403


def test_a_subject_that_looks_like_a_shoppers_id_is_not_that_shopper(provider_shop: Shop) -> None:
    shopper_id = UUID(int=7)
    reservation = provider_shop.as_shopper(shopper_id).reserve()
    assert provider_shop.with_token(token(sub=str(shopper_id))).get(f"/reservations/{reservation['id']}").status == 404


def test_a_bad_token_of_the_provider_is_refused_on_every_route(provider_shop: Shop) -> None:
    for bad in (token(SECOND), jwts.tampered(token(), sub="user-2")):
        for route in ROUTES:
            reply = provider_shop.send(route.event(str(UUID(int=1)), f"Bearer {bad}"))
            assert (reply.status, reply.problem) == (401, "unauthenticated"), route


def test_without_a_provider_its_tokens_are_refused(database_url: str) -> None:
    with opened(database_url) as shop:
        reply = shop.send(event("GET", "/products", headers={"Authorization": f"Bearer {token()}"}))
        assert (reply.status, reply.problem) == (401, "unauthenticated")
