"""A token that is not valid is refused on every route, in the same words, and nothing happens (R16)."""

import json
import time
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib import config
from chalicelib.identity.shoppers import ANONYMOUS
from tests import jwts
from tests.http.conftest import Standing
from tests.http.gateway import reserve_event
from tests.http.routes import ROUTES
from tests.http.shop import TOKEN_KEYS, Shop
from tests.jwts import claims, hs256
from tests.logs import logged

KEY_ID, _, SECRET = TOKEN_KEYS.partition(":")
GOOD = {"alg": "HS256", "typ": "JWT", "kid": KEY_ID}
NOW = int(time.time())
SOMEONE, THIEF = str(uuid4()), jwts.private_key()


def ours(header: jwts.Claims = GOOD, secret: str = SECRET, **changed: object) -> str:
    """Sign like the service, with something changed."""
    return hs256(header, claims(**{"sub": SOMEONE, **changed}), secret.encode())


BAD = {
    "expired": ours(exp=NOW - 1),
    "expires when it begins": ours(exp=0),
    "valid only later": ours(nbf=NOW + 600),
    "alg none": f"{jwts.joined({'alg': 'none', 'kid': KEY_ID}, claims(sub=SOMEONE))}.",
    "alg None": f"{jwts.joined({'alg': 'None', 'kid': KEY_ID}, claims(sub=SOMEONE))}.",
    "alg none, signed": ours({**GOOD, "alg": "none"}),
    "no alg": ours({"kid": KEY_ID}),
    "another alg": hs256({**GOOD, "alg": "HS512"}, claims(sub=SOMEONE), SECRET.encode(), "sha512"),
    "wrong key": ours(secret="x" * 40),
    "empty key": ours(secret=""),
    "unknown kid": ours({**GOOD, "kid": "another"}),
    "no kid": ours({"alg": "HS256"}),
    "a kid that is no text": ours({**GOOD, "kid": [KEY_ID]}),
    "a key of its own": ours({**GOOD, "jwk": {"kty": "oct", "k": "eA"}}, "x"),
    "critical extension": ours({**GOOD, "crit": ["mine"], "mine": 1}),
    "wrong iss": ours(iss="https://id.example.com"),
    "wrong aud": ours(aud="another-shop"),
    "many aud": ours(aud=["flash-sale", "another-shop"]),
    "unknown scope": ours(scope="owner"),
    "two scopes": ours(scope="shopper admin"),
    "a list of scopes": ours(scope=["shopper"]),
    "empty sub": ours(sub=""),
    "empty sub of an admin": ours(sub="", scope="admin"),
    "a sub that is no id": ours(sub="someone"),
    "a sub that is no text": ours(sub=1),
    "the sub of the anonymous": ours(sub=str(ANONYMOUS)),
    "an exp that is no time": ours(exp="tomorrow"),
    "an infinite exp": ours(exp=float("inf")),
    **{f"no {name}": ours(**{name: None}) for name in ("exp", "iss", "aud", "sub", "iat", "scope")},
    "claims that are none": hs256(GOOD, [1], SECRET.encode()),
    "RS256 with a key of one's own": jwts.rs256({**GOOD, "alg": "RS256"}, claims(sub=SOMEONE), THIEF),
    "RS256, said to be HS256": jwts.rs256(GOOD, claims(sub=SOMEONE), THIEF),
    "HS256, said to be RS256": ours({**GOOD, "alg": "RS256"}),
    "HS256 with a public key": hs256(GOOD, claims(sub=SOMEONE), jwts.pem(THIEF)),
    "another sub under the same signature": jwts.tampered(ours(), sub=str(uuid4())),
    "another scope under the same signature": jwts.tampered(ours(), scope="admin"),
    "no signature": ours().rpartition(".")[0] + ".",
    "two parts": ours().rpartition(".")[0],
    "five parts": f"{ours()}.x.y",
    "nested too deep": f"{jwts.encoded(b'[' * 20_000)}.W10.W10",
    "claims nested too deep": f"{jwts.encoded(json.dumps(GOOD).encode())}.{jwts.encoded(b'[' * 20_000)}.W10",
}
NOT_EVEN_TOKENS = [
    "",
    "Bearer",
    "Bearer ",
    "Basic eDp5",
    "Token x",
    "é",
    "\x00",
    "Bearer é",
    "Bearer x",
    "Bearer a.b.c",
]
BAD_HEADERS = {text or "nothing": text for text in NOT_EVEN_TOKENS} | {
    **{name: f"Bearer {token}" for name, token in BAD.items()},
    "no scheme": ours(),
    "another scheme": f"Basic {ours()}",
    "two tokens": f"Bearer {ours()}, Bearer {ours()}",
    "very long": "x" * 10_000,
}


@pytest.fixture(params=[True, False], ids=["anonymous allowed", "members only"])
def either(refusing: Shop, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Shop:
    """Give a shop with ALLOW_ANONYMOUS on, and one with it off: a bad token is no better there than here."""
    chosen = config.load().model_copy(update={"allow_anonymous": request.param})
    monkeypatch.setattr(config, "load", lambda: chosen)
    return refusing


def test_the_token_that_the_bad_ones_are_made_of_is_good(standing: Standing) -> None:
    assert standing.shop.with_token(ours()).get("/reservations").status == 200


@pytest.mark.parametrize("authorization", BAD_HEADERS.values(), ids=BAD_HEADERS)
def test_a_bad_token_is_refused_on_every_route(standing: Standing, either: Shop, authorization: str) -> None:
    replies = [either.send(route.event(standing.owners_reservation_id, authorization)) for route in ROUTES]
    assert {(reply.status, reply.problem) for reply in replies} == {(401, "unauthenticated")}
    assert {reply.headers["WWW-Authenticate"] for reply in replies} == {"Bearer"}
    assert len({reply.body for reply in replies}) == 1, "nothing is told about what was asked for"


texts = st.text(st.characters(), max_size=30)
parts = texts | st.binary(max_size=60).map(jwts.encoded) | st.sampled_from(BAD["wrong key"].split("."))
nearly_tokens = st.lists(parts, max_size=5).map(".".join)


@settings(max_examples=300, deadline=None)
@given(authorization=texts | st.one_of(nearly_tokens, texts).map(lambda token: f"Bearer {token}"))
def test_no_text_at_all_is_a_token_or_a_fault(standing: Standing, authorization: str) -> None:
    reply = standing.shop.send(ROUTES[0].event("", authorization))
    assert (reply.status, reply.problem) == (401, "unauthenticated")


def test_a_bad_token_is_not_repeated_to_anybody(refusing: Shop) -> None:
    with logged() as lines:
        replies = [refusing.send(ROUTES[0].event("", f"Bearer {token}")) for token in BAD.values()]
    told = lines.text + "".join(reply.body for reply in replies)
    assert not [part for token in BAD.values() for part in token.split(".") if len(part) > 10 and part in told]


def test_a_bad_token_is_refused_before_the_body_is_looked_at(refusing: Shop) -> None:
    assert refusing.with_token(BAD["expired"]).send(reserve_event("{")).status == 401
