"""Authorization headers that are refused: every way in which a token of this service can be wrong.

One bad token is then refused on every route: tests/http/test_identity.py.
"""

import json
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.config import parse_keys
from chalicelib.errors import Unauthenticated
from chalicelib.identity import external_identity, shoppers, tokens
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.identity.tokens import Scope, Tokens
from tests import jwts
from tests.http.shop import TOKEN_KEYS
from tests.jwts import claims, hs256

KEY_ID, _, SECRET = TOKEN_KEYS.partition(":")
GOOD = {"alg": "HS256", "typ": "JWT", "kid": KEY_ID}
NOW = int(time.time())
SOMEONE, THIEF = str(uuid4()), jwts.private_key()


def signed(header: jwts.Claims = GOOD, secret: str = SECRET, **changed: object) -> str:
    """Sign like the service, with something changed."""
    return hs256(header, claims(**{"sub": SOMEONE, **changed}), secret.encode())


BAD = {
    "expired": signed(exp=NOW - 1),
    "expires when it begins": signed(exp=0),
    "valid only later": signed(nbf=NOW + 600),
    "alg none": f"{jwts.joined({'alg': 'none', 'kid': KEY_ID}, claims(sub=SOMEONE))}.",
    "alg None": f"{jwts.joined({'alg': 'None', 'kid': KEY_ID}, claims(sub=SOMEONE))}.",
    "alg none, signed": signed({**GOOD, "alg": "none"}),
    "no alg": signed({"kid": KEY_ID}),
    "another alg": hs256({**GOOD, "alg": "HS512"}, claims(sub=SOMEONE), SECRET.encode(), "sha512"),
    "wrong key": signed(secret="x" * 40),
    "empty key": signed(secret=""),
    "unknown kid": signed({**GOOD, "kid": "another"}),
    "no kid": signed({"alg": "HS256"}),
    "a kid that is no text": signed({**GOOD, "kid": [KEY_ID]}),
    "a key of its own": signed({**GOOD, "jwk": {"kty": "oct", "k": "eA"}}, "x"),
    "critical extension": signed({**GOOD, "crit": ["mine"], "mine": 1}),
    "wrong iss": signed(iss="https://id.example.com"),
    "wrong aud": signed(aud="another-shop"),
    "many aud": signed(aud=["flash-sale", "another-shop"]),
    "unknown scope": signed(scope="owner"),
    "two scopes": signed(scope="shopper admin"),
    "a list of scopes": signed(scope=["shopper"]),
    "empty sub": signed(sub=""),
    "empty sub of an admin": signed(sub="", scope="admin"),
    "a sub that is no id": signed(sub="someone"),
    "a sub that is no text": signed(sub=1),
    "the sub of the anonymous": signed(sub=str(ANONYMOUS)),
    "an exp that is no time": signed(exp="tomorrow"),
    "an infinite exp": signed(exp=float("inf")),
    **{f"no {name}": signed(**{name: None}) for name in ("exp", "iss", "aud", "sub", "iat", "scope")},
    "claims that are none": hs256(GOOD, [1], SECRET.encode()),
    "RS256 with a key of one's own": jwts.rs256({**GOOD, "alg": "RS256"}, claims(sub=SOMEONE), THIEF),
    "RS256, said to be HS256": jwts.rs256(GOOD, claims(sub=SOMEONE), THIEF),
    "HS256, said to be RS256": signed({**GOOD, "alg": "RS256"}),
    "HS256 with a public key": hs256(GOOD, claims(sub=SOMEONE), jwts.pem(THIEF)),
    "another sub under the same signature": jwts.tampered(signed(), sub=str(uuid4())),
    "another scope under the same signature": jwts.tampered(signed(), scope="admin"),
    "no signature": signed().rpartition(".")[0] + ".",
    "two parts": signed().rpartition(".")[0],
    "five parts": f"{signed()}.x.y",
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
    "no scheme": signed(),
    "another scheme": f"Basic {signed()}",
    "two tokens": f"Bearer {signed()}, Bearer {signed()}",
    "very long": "x" * 10_000,
}


@pytest.fixture(autouse=True, scope="module")
def keys() -> Iterator[None]:
    """Verify with the keys of the tests, without an identity provider."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "current", lambda: Tokens(parse_keys(TOKEN_KEYS)))
        patch.setattr(external_identity, "current", lambda: None)
        yield


def is_refused(authorization: str) -> bool:
    try:
        shoppers.identify(authorization)
    except Unauthenticated:
        return True
    return False


def test_the_token_that_the_bad_ones_are_made_of_is_good() -> None:
    for scheme in ("Bearer", "bearer", "BEARER"):
        bearer = shoppers.identify(f"{scheme} {signed()}")
        assert bearer is not None
        assert (bearer.subject, bearer.scope) == (SOMEONE, Scope.SHOPPER)


def test_a_bad_token_is_refused() -> None:
    assert [name for name, authorization in BAD_HEADERS.items() if not is_refused(authorization)] == []


texts = st.text(st.characters(), max_size=30)
parts = texts | st.binary(max_size=60).map(jwts.encoded) | st.sampled_from(BAD["wrong key"].split("."))
nearly_tokens = st.lists(parts, max_size=5).map(".".join)


@settings(max_examples=300, deadline=None)
@given(authorization=texts | st.one_of(nearly_tokens, texts).map(lambda token: f"Bearer {token}"))
def test_any_other_text_is_refused_and_is_no_fault(authorization: str) -> None:
    assert is_refused(authorization)
