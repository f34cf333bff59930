"""Tokens of an identity provider such as Cognito or Auth0 (OpenID Connect, RS256).

The provider's public keys are fetched from its JWKS URL (RFC 7517) and kept. An unknown key id may be new, so the keys
are fetched again, but at most once in FETCH_PAUSE_SECONDS: callers can invent key ids.
"""

import json
import math
import time
import urllib.request
from collections.abc import Callable
from functools import cache
from http.client import HTTPException
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from chalicelib import config
from chalicelib.errors import Busy, Unauthenticated
from chalicelib.identity import signed_claims
from chalicelib.identity.tokens import Bearer, Scope
from chalicelib.log import logger

if TYPE_CHECKING:
    from joserfc.jwk import Key

ALGORITHM = "RS256"
REQUIRED = ("exp", "iss", "aud", "sub", "iat")
TIMEOUT_SECONDS = 2
FETCH_PAUSE_SECONDS = 10
FRESH_SECONDS = 300  # with the next token, older keys are fetched again
BELIEVED_SECONDS = 3_600  # if the provider can't be reached, keys are used for this long: it may have revoked one


class ProviderKeys:
    """The provider's public keys by id, from the last fetch."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Fetch nothing. `clock` returns seconds."""
        self._url = url
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._tried_at = self._fetched_at = -math.inf

    def find(self, key_id: str) -> "Key":
        """Return a key. Raises Unauthenticated if the provider has no such key, Busy if it can't be reached."""
        now = self._clock()
        known = key_id in self._keys and now - self._fetched_at < FRESH_SECONDS
        if not known and now - self._tried_at >= FETCH_PAUSE_SECONDS:
            self._fetch(now)
        if now - self._fetched_at > BELIEVED_SECONDS:
            raise Busy
        if key_id not in self._keys:
            raise Busy if self._tried_at > self._fetched_at else Unauthenticated
        return self._keys[key_id]

    def _fetch(self, now: float) -> None:
        """Fetch the keys and replace the old ones. If that fails, keep the old ones."""
        self._tried_at = now
        try:
            keys = _download(self._url)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, HTTPException) as error:
            logger.error("the identity provider's keys can't be fetched", extra={"reason": type(error).__name__})
            return
        self._keys = keys
        self._fetched_at = now


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow no redirect: keys may come only from JWKS_URL."""


def _download(url: str) -> "dict[str, Key]":
    """Return the RS256 keys of a JWKS document by id. Raises OSError, ValueError and others if there is none."""
    from joserfc.errors import JoseError
    from joserfc.jwk import RSAKey

    with urllib.request.build_opener(_NoRedirects).open(url, timeout=TIMEOUT_SECONDS) as reply:
        document = json.load(reply)
    try:
        keys = [RSAKey.import_key(key) for key in document["keys"] if key.get("kty") == "RSA" and key.get("kid")]
    except JoseError as error:
        raise ValueError(str(error)) from error
    usable: dict[str, Key] = {str(key.kid): key for key in keys if key.get("alg", ALGORITHM) == ALGORITHM}
    if not usable:
        raise ValueError("the document has no RS256 key")
    return usable


class IdentityProvider:
    """Verifies the tokens of one issuer."""

    def __init__(self, issuer: str, audience: str, keys: ProviderKeys) -> None:
        """`issuer` and `audience` are the `iss` and `aud` that a token must have."""
        self._issuer = issuer
        self._audience = audience
        self._keys = keys

    def is_named_by(self, token: str) -> bool:
        """Return whether the token's `iss` is this provider. The token is not verified."""
        from joserfc.errors import JoseError
        from joserfc.jws import extract_compact

        try:
            claims = json.loads(extract_compact(token.encode()).payload)
        except (JoseError, ValueError, RecursionError):
            return False
        return isinstance(claims, dict) and claims.get("iss") == self._issuer

    def verify(self, token: str) -> Bearer:
        """Return the shopper of a token. Raises Unauthenticated if it is not valid, Busy if there are no keys yet."""
        claims = signed_claims.verified(token, self._keys.find, ALGORITHM, REQUIRED)
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if claims["iss"] != self._issuer or self._audience not in audience:
            raise Unauthenticated
        return Bearer(self._shopper_id(claims["sub"]), Scope.SHOPPER)

    def _shopper_id(self, subject: str) -> str:
        """Return the shopper id of a subject of this issuer. It is always the same and unique."""
        try:
            return str(uuid5(uuid5(NAMESPACE_URL, self._issuer), subject))
        except UnicodeEncodeError:  # half a surrogate pair
            raise Unauthenticated from None


@cache
def current() -> IdentityProvider | None:
    """Return the identity provider of this execution environment; None if JWT_ISSUER is not set."""
    settings = config.load()
    if not (settings.jwt_issuer and settings.jwks_url and settings.jwt_audience):
        return None
    return IdentityProvider(settings.jwt_issuer, settings.jwt_audience, ProviderKeys(settings.jwks_url))
