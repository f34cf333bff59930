"""Shoppers whom an identity provider knows: which of its tokens count, and who they are here."""

import time
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from cryptography.hazmat.primitives.hashes import SHA512
from psycopg import Connection

from tests import jwts
from tests.http.gateway import event
from tests.http.provider import FIRST, ISSUER, SECOND, Provider, claims, status, token
from tests.http.routes import ROUTES
from tests.http.shop import SETTINGS, Shop, opened

NOW = int(time.time())
OUR_SECRET = SETTINGS["TOKEN_KEYS"].partition(":")[2].encode()


def test_a_shopper_of_the_provider_is_a_shopper_like_any_other(believing: Shop, connection: Connection) -> None:
    theirs = believing.with_token(token())
    reservation = theirs.reserve()
    assert [one["id"] for one in theirs.get("/reservations").json] == [reservation["id"]]
    for other in (believing, believing.as_shopper(), believing.with_token(token(sub="user-2"))):
        assert other.get(f"/reservations/{reservation['id']}").status == 404
    assert connection.execute("SELECT shopper_id FROM reservations").fetchone() == (
        uuid5(uuid5(NAMESPACE_URL, ISSUER), "user-1"),
    )


def test_our_own_tokens_count_beside_the_providers(believing: Shop, provider: Provider) -> None:
    assert status(believing, believing.post("/shoppers").json["token"]) == 200
    assert believing.as_admin().get("/admin/audit").status == 200
    assert provider.fetches == 0, "nothing of the provider's was needed"


def test_nobody_becomes_an_admin_through_the_provider(believing: Shop) -> None:
    for scope in ("admin", ["admin"], None):
        assert believing.with_token(token(scope=scope)).get("/admin/audit").status == 403


def test_a_subject_that_looks_like_a_shoppers_id_is_not_that_shopper(believing: Shop) -> None:
    shopper_id = UUID(int=7)
    reservation = believing.as_shopper(shopper_id).reserve()
    assert believing.with_token(token(sub=str(shopper_id))).get(f"/reservations/{reservation['id']}").status == 404


FOREIGN = {
    "expired": token(exp=NOW - 1),
    "valid only later": token(nbf=NOW + 600),
    "wrong aud": token(aud="another-believing"),
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
    "RS512": jwts.rs256({"alg": "RS512", "kid": "first"}, claims(), FIRST, SHA512()),
    "RS256, said to be RS512": jwts.rs256({"alg": "RS512", "kid": "first"}, claims(), FIRST),
    "our key": jwts.hs256({"alg": "HS256", "kid": "test"}, claims(), OUR_SECRET),
    "another sub under the same signature": jwts.tampered(token(), sub="user-2"),
    "no token at all": "x",
    "a text that has no UTF-8 form": "\ud800",
    "nested too deep": f"{jwts.encoded(b'[' * 20_000)}.W10.W10",
}


@pytest.mark.parametrize("bearer_token", FOREIGN.values(), ids=FOREIGN)
def test_a_bad_token_of_the_provider_is_refused_on_every_route(believing: Shop, bearer_token: str) -> None:
    for route in ROUTES:
        reply = believing.send(route.event(str(UUID(int=1)), f"Bearer {bearer_token}"))
        assert (reply.status, reply.problem) == (401, "unauthenticated")


def test_without_a_provider_its_tokens_are_nobodys(database_url: str) -> None:
    with opened(database_url) as shop:
        reply = shop.send(event("GET", "/products", headers={"Authorization": f"Bearer {token()}"}))
        assert (reply.status, reply.problem) == (401, "unauthenticated")
