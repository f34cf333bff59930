"""Shoppers whom an identity provider knows: its tokens, its keys, and what happens when these change or are away."""

import time
from collections.abc import Iterator
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from psycopg import Connection

from chalicelib import external_identity, sample_data
from tests import jwts
from tests.http.gateway import event
from tests.http.provider import FIRST, ISSUER, SECOND, Provider, claims, publishing, token
from tests.http.routes import ROUTES
from tests.http.shop import SETTINGS, Shop, opened
from tests.logs import logged
from tests.servers import connections_taken, listening, url_of

NOW = int(time.time())
OUR_SECRET = SETTINGS["TOKEN_KEYS"].partition(":")[2].encode()


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Run an identity provider."""
    with publishing() as provider:
        yield provider


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Stop the clock by which keys are kept."""
    clock = Clock()
    monkeypatch.setattr(external_identity.ProviderKeys.__init__, "__defaults__", (clock,))
    return clock


@pytest.fixture
def shop(database_url: str, connection: Connection, provider: Provider, clock: Clock) -> Iterator[Shop]:
    """Open a shop that believes the provider."""
    del clock  # stopped before the shop opens
    sample_data.load(connection)
    with opened(database_url, **provider.settings()) as shop:
        yield shop


def status(shop: Shop, bearer_token: str) -> int:
    return shop.with_token(bearer_token).get("/reservations").status


def test_a_shopper_of_the_provider_is_a_shopper_like_any_other(shop: Shop, connection: Connection) -> None:
    theirs = shop.with_token(token())
    reservation = theirs.reserve()
    assert [one["id"] for one in theirs.get("/reservations").json] == [reservation["id"]]
    for other in (shop, shop.as_shopper(), shop.with_token(token(sub="user-2"))):
        assert other.get(f"/reservations/{reservation['id']}").status == 404
    assert connection.execute("SELECT shopper_id FROM reservations").fetchone() == (
        uuid5(uuid5(NAMESPACE_URL, ISSUER), "user-1"),
    )


def test_our_own_tokens_count_beside_the_providers(shop: Shop, provider: Provider) -> None:
    assert status(shop, shop.post("/shoppers").json["token"]) == 200
    assert shop.as_admin().get("/admin/audit").status == 200
    assert provider.fetches == 0, "nothing of the provider's was needed"


def test_nobody_becomes_an_admin_through_the_provider(shop: Shop) -> None:
    for scope in ("admin", ["admin"], None):
        assert shop.with_token(token(scope=scope)).get("/admin/audit").status == 403


def test_a_subject_that_looks_like_a_shoppers_id_is_not_that_shopper(shop: Shop) -> None:
    shopper_id = UUID(int=7)
    reservation = shop.as_shopper(shopper_id).reserve()
    assert shop.with_token(token(sub=str(shopper_id))).get(f"/reservations/{reservation['id']}").status == 404


FOREIGN = {
    "expired": token(exp=NOW - 1),
    "valid only later": token(nbf=NOW + 600),
    "wrong aud": token(aud="another-shop"),
    "our aud": token(aud="flash-sale"),
    "wrong iss": token(iss="https://id.example.com/another-pool"),
    "our iss": token(iss="flash-sale", aud="flash-sale", scope="admin"),
    **{f"no {name}": token(**{name: None}) for name in ("exp", "iss", "aud", "sub", "iat")},
    "empty sub": token(sub=""),
    "a sub that is no text": token(sub=7),
    "a sub that has no UTF-8 form": token(sub="\ud800"),
    "another key": token(SECOND),
    "no kid": jwts.rs256({"alg": "RS256"}, claims(), FIRST),
    "a kid that is no text": jwts.rs256({"alg": "RS256", "kid": ["first"]}, claims(), FIRST),
    "alg none": f"{jwts.joined({'alg': 'none', 'kid': 'first'}, claims())}.",
    "HS256 with the public key": jwts.hs256({"alg": "HS256", "kid": "first"}, claims(), jwts.pem(FIRST)),
    "RS256, made with the public key": jwts.hs256({"alg": "RS256", "kid": "first"}, claims(), jwts.pem(FIRST)),
    "RS512": jwts.rs256({"alg": "RS512", "kid": "first"}, claims(), FIRST),
    "our key": jwts.hs256({"alg": "HS256", "kid": "test"}, claims(), OUR_SECRET),
    "another sub under the same signature": jwts.tampered(token(), sub="user-2"),
    "no token at all": "x",
    "a text that has no UTF-8 form": "\ud800",
    "nested too deep": f"{jwts.encoded(b'[' * 20_000)}.W10.W10",
}


@pytest.mark.parametrize("bearer_token", FOREIGN.values(), ids=FOREIGN)
def test_a_bad_token_of_the_provider_is_refused_on_every_route(shop: Shop, bearer_token: str) -> None:
    for route in ROUTES:
        reply = shop.send(route.event(str(UUID(int=1)), f"Bearer {bearer_token}"))
        assert (reply.status, reply.problem) == (401, "unauthenticated")


def test_keys_are_fetched_once_and_kept(shop: Shop, provider: Provider) -> None:
    assert [status(shop, token(sub=str(number))) for number in range(5)] == [200] * 5
    assert provider.fetches == 1


def test_a_new_key_is_fetched_when_it_is_first_seen(shop: Shop, provider: Provider, clock: Clock) -> None:
    assert status(shop, token()) == 200
    provider.keys.append(jwts.jwk(SECOND, "second"))
    clock.now += external_identity.FETCH_PAUSE_SECONDS
    assert status(shop, token(SECOND, "second")) == 200
    assert status(shop, token()) == 200
    assert provider.fetches == 2


def test_a_withdrawn_key_is_believed_no_longer_than_keys_stay_fresh(
    shop: Shop, provider: Provider, clock: Clock
) -> None:
    assert status(shop, token()) == 200
    provider.keys = [jwts.jwk(SECOND, "second")]
    clock.now += external_identity.FRESH_SECONDS
    assert (status(shop, token()), status(shop, token(SECOND, "second"))) == (401, 200)


def test_invented_key_ids_do_not_reach_the_provider_more_than_now_and_then(
    shop: Shop, provider: Provider, clock: Clock
) -> None:
    assert {status(shop, token(key_id=f"invented-{number}")) for number in range(50)} == {401}
    assert provider.fetches == 1
    clock.now += external_identity.FETCH_PAUSE_SECONDS
    assert {status(shop, token(key_id=f"invented-{number}")) for number in range(50)} == {401}
    assert provider.fetches == 2


BROKEN = {
    "an error": (500, b"{}"),
    "not found": (404, b"{}"),
    "a redirect": (302, b""),
    "no JSON": (200, b"<html>"),
    "no UTF-8": (200, b"\xff"),
    "no object": (200, b"[]"),
    "no keys": (200, b'{"keys": []}'),
    "keys that are none": (200, b'{"keys": [1]}'),
    "keys of another kind": (200, b'{"keys": "x"}'),
    "nested too deep": (200, b"[" * 100_000),
}


@pytest.mark.parametrize(("code", "body"), BROKEN.values(), ids=BROKEN)
def test_without_the_providers_keys_its_shoppers_are_told_to_come_back(
    shop: Shop, provider: Provider, clock: Clock, code: int, body: bytes
) -> None:
    provider.status, provider.body = code, body
    with logged() as lines:
        replies = [shop.with_token(token()).get("/reservations") for _ in range(5)]
        assert {(reply.status, reply.problem) for reply in replies} == {(503, "busy")}
        assert provider.fetches == 1, "who can't answer is left in peace"
        assert lines.about("the identity provider's keys can't be fetched")["level"] == "ERROR"
        assert shop.as_shopper().get("/reservations").status == 200, "others notice nothing"
    provider.status, provider.body = 200, None
    clock.now += external_identity.FETCH_PAUSE_SECONDS
    assert status(shop, token()) == 200


def test_a_provider_that_fails_later_is_believed_for_a_while(shop: Shop, provider: Provider, clock: Clock) -> None:
    assert status(shop, token()) == 200
    provider.status = 500
    with logged():
        clock.now += external_identity.FRESH_SECONDS
        assert (status(shop, token()), status(shop, token(SECOND, "second"))) == (200, 503)
        clock.now = external_identity.BELIEVED_SECONDS
        assert status(shop, token()) == 200
        clock.now += 1
        assert status(shop, token()) == 503


def test_a_provider_that_never_answers_is_waited_for_briefly_and_once(
    database_url: str, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external_identity, "TIMEOUT_SECONDS", 0.1)
    with listening() as server, logged():
        provider.url = f"{url_of(server)}/keys"
        assert statuses_in_a_new_shop(database_url, provider) == [503] * 3
        assert connections_taken(server) == 1


def statuses_in_a_new_shop(database_url: str, provider: Provider) -> list[int]:
    with opened(database_url, **provider.settings()) as shop:
        return [status(shop, token()) for _ in range(3)]


@pytest.mark.parametrize(
    "published",
    [
        {"kty": "oct", "kid": "first", "k": "eA"},
        jwts.jwk(FIRST, "first", alg="RS512"),
        jwts.jwk(FIRST, "first", use="enc"),
    ],
    ids=["a secret", "for another algorithm", "for encryption"],
)
def test_a_key_that_is_for_something_else_verifies_nothing(shop: Shop, provider: Provider, published: object) -> None:
    provider.keys = [published, jwts.jwk(SECOND, "second")]
    for bearer_token in (token(), jwts.hs256({"alg": "HS256", "kid": "first"}, claims(), b"x")):
        assert status(shop, bearer_token) == 401
    assert status(shop, token(SECOND, "second")) == 200


def test_keys_of_kinds_that_are_not_known_here_do_not_disturb(shop: Shop, provider: Provider) -> None:
    provider.keys += [{"kty": "AKP", "kid": "new", "alg": "ML-DSA-44"}, {"kty": "OKP", "kid": "x", "crv": "X"}]
    assert status(shop, token()) == 200


def test_without_a_provider_its_tokens_are_nobodys(database_url: str) -> None:
    with opened(database_url) as shop:
        reply = shop.send(event("GET", "/products", headers={"Authorization": f"Bearer {token()}"}))
        assert (reply.status, reply.problem) == (401, "unauthenticated")
