"""Shoppers whom somebody else knows: tokens of an identity provider such as Cognito or Auth0 (OpenID Connect, RS256).

The provider's public keys are fetched from its JWKS address (RFC 7517) and kept. A key that is not among them may be
new, so they are fetched again then; but never twice within seconds, whatever key ids callers invent.
"""

import math
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from chalicelib import config
from chalicelib.errors import Busy, Unauthenticated
from chalicelib.identity.tokens import Bearer, Scope
from chalicelib.log import logger

if TYPE_CHECKING:
    from jwt import PyJWK

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
        self._keys: dict[str, PyJWK] = {}
        self._tried_at = self._fetched_at = -math.inf

    def find(self, key_id: str) -> "PyJWK":
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
        from jwt import PyJWKClient, PyJWTError

        self._tried_at = now
        try:
            keys = PyJWKClient(self._url, cache_jwk_set=False, timeout=TIMEOUT_SECONDS).get_signing_keys()
        except (PyJWTError, OSError, ValueError, RecursionError) as error:
            logger.error("the identity provider's keys can't be fetched", extra={"reason": type(error).__name__})
            return
        self._keys = {key.key_id: key for key in keys if key.key_id and key.algorithm_name == ALGORITHM}
        self._fetched_at = now


class IdentityProvider:
    """Verifies the tokens of one issuer."""

    def __init__(self, issuer: str, audience: str, keys: ProviderKeys) -> None:
        """Take the `iss` and `aud` that its tokens must have, and its keys."""
        self._issuer = issuer
        self._audience = audience
        self._keys = keys

    def is_named_by(self, token: str) -> bool:
        """Tell whether a token says that it comes from this provider; that proves nothing yet."""
        import jwt

        try:
            claims = jwt.decode(token, options={"verify_signature": False})
        except (jwt.PyJWTError, ValueError):
            return False
        return claims.get("iss") == self._issuer

    def verify(self, token: str) -> Bearer:
        """Return the shopper that a token speaks for; raise Unauthenticated, or Busy while there are no keys."""
        import jwt

        try:
            key = self._keys.find(jwt.get_unverified_header(token)["kid"])
            claims = jwt.decode(
                token,
                key.key,
                algorithms=[ALGORITHM],
                issuer=self._issuer,
                audience=self._audience,
                options={"require": list(REQUIRED), "verify_iat": False},
            )
            return Bearer(self._shopper_id(claims["sub"]), Scope.SHOPPER)
        except (jwt.PyJWTError, KeyError, ValueError):
            raise Unauthenticated from None

    def _shopper_id(self, subject: str) -> str:
        """The same for the same subject of this issuer, and nobody else's."""
        if not subject:
            raise Unauthenticated
        return str(uuid5(uuid5(NAMESPACE_URL, self._issuer), subject))


@cache
def current() -> IdentityProvider | None:
    """Return the identity provider of this execution environment, if there is one."""
    settings = config.load()
    if not (settings.jwt_issuer and settings.jwks_url and settings.jwt_audience):
        return None
    return IdentityProvider(settings.jwt_issuer, settings.jwt_audience, ProviderKeys(settings.jwks_url))
