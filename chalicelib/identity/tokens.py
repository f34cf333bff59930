"""Tokens of our own (JWT, RFC 7519): given to guests and admins, verified with every request that brings one.

What a token says is believed only after its signature, and nothing in its header chooses how that is verified except
the key's id: the algorithm is always HS256 (RFC 8725, section 3.1). PyJWT loads on first use: most reads need no token.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from chalicelib import config
from chalicelib.aws import secrets as stored_secrets
from chalicelib.config import TokenKeys, parse_keys
from chalicelib.errors import ConfigurationError, Unauthenticated

ISSUER = "flash-sale"
AUDIENCE = "flash-sale"
ALGORITHM = "HS256"
REQUIRED = ("exp", "iss", "aud", "sub", "iat", "scope")


class Scope(StrEnum):
    """What a token is good for."""

    SHOPPER = "shopper"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a valid token speaks for: a shopper's id, or an admin's name."""

    subject: str
    scope: Scope


class Tokens:
    """Issues tokens with the first key, and verifies those of all keys."""

    def __init__(self, keys: TokenKeys) -> None:
        """Take the keys by id."""
        self._keys = keys

    def issue(self, bearer: Bearer, issued_at: datetime, seconds: float) -> str:
        """Return a token that is valid for so many seconds from `issued_at`."""
        import jwt

        key_id, secret = next(iter(self._keys.items()))
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": bearer.subject,
            "scope": bearer.scope.value,
            "iat": issued_at,
            "exp": issued_at + timedelta(seconds=seconds),
        }
        return jwt.encode(claims, secret.get_secret_value(), ALGORITHM, headers={"kid": key_id})

    def verify(self, token: str) -> Bearer:
        """Return whom a token speaks for; raise Unauthenticated for any that is not ours, whole and in time."""
        import jwt

        try:
            secret = self._keys[jwt.get_unverified_header(token)["kid"]]
            claims = jwt.decode(
                token,
                secret.get_secret_value(),
                algorithms=[ALGORITHM],
                issuer=ISSUER,
                audience=AUDIENCE,
                # Another host's clock may be a little ahead: a time of issue yet to come says nothing bad.
                options={"require": list(REQUIRED), "strict_aud": True, "verify_iat": False},
            )
            return _bearer(claims)
        except (jwt.PyJWTError, KeyError, ValueError):
            raise Unauthenticated from None


def _bearer(claims: dict[str, Any]) -> Bearer:
    if not claims["sub"]:
        raise Unauthenticated
    return Bearer(claims["sub"], Scope(claims["scope"]))


@cache
def current() -> Tokens:
    """Return the tokens of this execution environment; raise ConfigurationError or Busy if its keys can't be read."""
    settings = config.load()
    if settings.token_keys:
        return Tokens(settings.token_keys)
    try:
        return Tokens(parse_keys(stored_secrets.read(settings.token_keys_secret_arn or "")))
    except ValueError as error:
        raise ConfigurationError(f"TOKEN_KEYS_SECRET_ARN: the secret {error}") from None
