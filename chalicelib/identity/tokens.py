"""Our own tokens (JWT, RFC 7519) for guests and admins: issue and verify them.

Claims are used only after the signature is verified. The token's header selects only the key id; the algorithm is
always HS256 (RFC 8725, section 3.1). joserfc is imported on first use, because most reads have no token.
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
from chalicelib.identity import signed_claims

ISSUER = "flash-sale"
AUDIENCE = "flash-sale"
ALGORITHM = "HS256"
REQUIRED = ("exp", "iss", "aud", "sub", "iat", "scope")


class Scope(StrEnum):
    """The kind of a token: which paths it allows."""

    SHOPPER = "shopper"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Bearer:
    """The caller that a valid token names. `subject` is a shopper's id or an admin's name."""

    subject: str
    scope: Scope


class Tokens:
    """Issues tokens with the first key and verifies tokens of all keys."""

    def __init__(self, keys: TokenKeys) -> None:
        """`keys` are the secrets by key id."""
        from joserfc.jwk import OctKey

        self._keys = {key_id: OctKey.import_key(secret.get_secret_value()) for key_id, secret in keys.items()}

    def issue(self, bearer: Bearer, issued_at: datetime, seconds: float) -> str:
        """Return a token that is valid for `seconds` from `issued_at`."""
        from joserfc import jwt

        key_id, key = next(iter(self._keys.items()))
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": bearer.subject,
            "scope": bearer.scope.value,
            "iat": issued_at,
            "exp": issued_at + timedelta(seconds=seconds),
        }
        return jwt.encode({"alg": ALGORITHM, "kid": key_id}, claims, key)

    def verify(self, token: str) -> Bearer:
        """Return the caller that a token names. Raises Unauthenticated if it is forged, expired or incomplete."""
        claims = signed_claims.verified(token, self._keys.__getitem__, ALGORITHM, REQUIRED)
        if (claims["iss"], claims["aud"]) != (ISSUER, AUDIENCE):
            raise Unauthenticated
        return _bearer(claims)


def _bearer(claims: dict[str, Any]) -> Bearer:
    try:
        return Bearer(claims["sub"], Scope(claims["scope"]))
    except ValueError:
        raise Unauthenticated from None


@cache
def current() -> Tokens:
    """Return the issuer and verifier of this execution environment.

    Raises Busy if the secret of the keys can't be read, ConfigurationError if its content is wrong.
    """
    settings = config.load()
    if settings.token_keys:
        return Tokens(settings.token_keys)
    try:
        return Tokens(parse_keys(stored_secrets.read(settings.token_keys_secret_arn or "")))
    except ValueError as error:
        raise ConfigurationError(f"TOKEN_KEYS_SECRET_ARN: the secret {error}") from None
