"""Tokens of an identity provider such as Cognito or Auth0 (OpenID Connect, RS256).

The provider's public keys are fetched from its JWKS address (RFC 7517) and kept. They are fetched again for an unknown
key id, which may be new, but never twice within seconds, whatever key ids callers invent.
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
FRESH_SECONDS = 300  # older keys are fetched again with the next token
BELIEVED_SECONDS = 3_600  # with a provider out of reach, no longer than this: it may have withdrawn one


class ProviderKeys:
    """The provider's public keys by id, as last fetched."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Remember where the keys are; fetch nothing. `clock` gives seconds."""
        self._url = url
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._tried_at = self._fetched_at = -math.inf

    def find(self, key_id: str) -> "Key":
        """Return a key; raise Unauthenticated if the provider has none of that id, Busy if it can't be asked."""
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
        """Replace the keys; keep the ones there are if that fails."""
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
        """Follow no redirect: keys come from the configured address, or not at all."""


def _download(url: str) -> "dict[str, Key]":
    """Return the RS256 keys of a JWKS document, by id; raise OSError, ValueError and the like if it is none."""
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
        raise ValueError("no RS256 key")
    return usable


class IdentityProvider:
    """Verifies the tokens of one issuer."""

    def __init__(self, issuer: str, audience: str, keys: ProviderKeys) -> None:
        """Take the `iss` and `aud` that its tokens must have, and its keys."""
        self._issuer = issuer
        self._audience = audience
        self._keys = keys

    def is_named_by(self, token: str) -> bool:
        """Return whether a token says that it comes from this provider; that proves nothing yet."""
        from joserfc.errors import JoseError
        from joserfc.jws import extract_compact

        try:
            claims = json.loads(extract_compact(token.encode()).payload)
        except (JoseError, ValueError, RecursionError):
            return False
        return isinstance(claims, dict) and claims.get("iss") == self._issuer

    def verify(self, token: str) -> Bearer:
        """Return the shopper that a token names; raise Unauthenticated, or Busy while there are no keys."""
        claims = signed_claims.verified(token, self._keys.find, ALGORITHM, REQUIRED)
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if claims["iss"] != self._issuer or self._audience not in audience:
            raise Unauthenticated
        return Bearer(self._shopper_id(claims["sub"]), Scope.SHOPPER)

    def _shopper_id(self, subject: str) -> str:
        """Return an id that is the same for the same subject of this issuer, and nobody else's."""
        try:
            return str(uuid5(uuid5(NAMESPACE_URL, self._issuer), subject))
        except UnicodeEncodeError:  # half a surrogate pair
            raise Unauthenticated from None


@cache
def current() -> IdentityProvider | None:
    """Return the identity provider of this execution environment, if there is one."""
    settings = config.load()
    if not (settings.jwt_issuer and settings.jwks_url and settings.jwt_audience):
        return None
    return IdentityProvider(settings.jwt_issuer, settings.jwt_audience, ProviderKeys(settings.jwks_url))
