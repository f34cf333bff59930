"""Tokens of an identity provider: which are verified, whom they stand for, and every way in which one can be wrong."""

import time
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

import pytest
from cryptography.hazmat.primitives.hashes import SHA512

from chalicelib.config import parse_keys
from chalicelib.errors import Unauthenticated
from chalicelib.identity import external_identity, shoppers, tokens
from chalicelib.identity.external_identity import IdentityProvider, ProviderKeys
from chalicelib.identity.tokens import Bearer, Scope, Tokens
from tests import jwts
from tests.http.provider import AUDIENCE, FIRST, ISSUER, SECOND, claims, publishing, token
from tests.http.shop import TOKEN_KEYS

NOW = int(time.time())
OUR_KEY_ID, _, OUR_SECRET = TOKEN_KEYS.partition(":")
HEADER = {"alg": "RS256", "kid": "first", "typ": "JWT"}
BAD = {
    "expired": token(exp=NOW - 1),
    "valid only later": token(nbf=NOW + 600),
    "wrong aud": token(aud="another-shop"),
    "our aud": token(aud="flash-sale"),
    "other aud": token(aud=["flash-sale", "another-shop"]),
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
    "our key": jwts.hs256({"alg": "HS256", "kid": OUR_KEY_ID}, claims(), OUR_SECRET.encode()),
    "another sub under the same signature": jwts.tampered(token(), sub="user-2"),
    "claims that are none": jwts.rs256({"alg": "RS256", "kid": "first"}, [1], FIRST),
    "a critical parameter that nobody knows": jwts.rs256({**HEADER, "crit": ["cat"], "cat": "cl_1"}, claims(), FIRST),
    "a critical parameter that is not there": jwts.rs256({**HEADER, "crit": ["cat"]}, claims(), FIRST),
    "no token at all": "x",
    "a text that has no UTF-8 form": "\ud800",
    "nested too deep": f"{jwts.encoded(b'[' * 20_000)}.W10.W10",
}


@pytest.fixture(autouse=True, scope="module")
def provider() -> Iterator[None]:
    """Verify with the keys of the tests and with those that an identity provider publishes."""
    with publishing() as published, pytest.MonkeyPatch.context() as patch:
        verifier = IdentityProvider(ISSUER, AUDIENCE, ProviderKeys(published.url))
        patch.setattr(tokens, "current", lambda: Tokens(parse_keys(TOKEN_KEYS)))
        patch.setattr(external_identity, "current", lambda: verifier)
        yield


def test_a_subject_of_the_provider_is_always_the_same_shopper() -> None:
    for subject in ("user-1", "user-2"):
        shopper_id = uuid5(uuid5(NAMESPACE_URL, ISSUER), subject)
        assert shoppers.identify(f"Bearer {token(sub=subject)}") == Bearer(str(shopper_id), Scope.SHOPPER)


def test_a_token_of_the_provider_makes_nobody_an_admin() -> None:
    for scope in ("admin", ["admin"], None):
        bearer = shoppers.identify(f"Bearer {token(scope=scope)}")
        assert bearer is not None
        assert bearer.scope is Scope.SHOPPER


def test_a_token_may_be_for_several_audiences() -> None:
    assert shoppers.identify(f"Bearer {token(aud=['another-shop', AUDIENCE])}") == shoppers.identify(
        f"Bearer {token()}"
    )


def test_a_parameter_of_the_header_that_nobody_knows_is_ignored() -> None:
    extended = jwts.rs256({**HEADER, "cat": "cl_1"}, claims(), FIRST)
    assert shoppers.identify(f"Bearer {extended}") == shoppers.identify(f"Bearer {token()}")


def test_a_bad_token_is_refused() -> None:
    for name, bad in BAD.items():
        with pytest.raises(Unauthenticated):
            pytest.fail(f"{name}: {shoppers.identify(f'Bearer {bad}')}")
