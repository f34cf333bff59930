"""Verification of signed tokens (JWT, RFC 7519)."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.errors import Unauthenticated

if TYPE_CHECKING:
    from joserfc.jwk import Key
    from joserfc.jwt import JWTClaimsRegistry


def verified(token: str, find_key: Callable[[str], "Key"], algorithm: str, required: tuple[str, ...]) -> dict[str, Any]:
    """Return the claims of a token after verification.

    The signature must use `algorithm` and the key whose id is in the header. All `required` claims must be present and
    not empty. The time must be between `nbf` and `exp`. Raises Unauthenticated otherwise, and the errors of `find_key`.

    Unknown header parameters are ignored (RFC 7515, section 4), except those that `crit` lists: they are refused.
    """
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jws import JWSRegistry

    headers = JWSRegistry(strict_check_header=False, algorithms=[algorithm])
    try:
        claims = jwt.decode(token, lambda header: find_key(header.headers()["kid"]), registry=headers).claims
        _registry(required).validate(claims)
    except (JoseError, KeyError, TypeError, ValueError, RecursionError):
        raise Unauthenticated from None
    return claims


@cache
def _registry(required: tuple[str, ...]) -> "JWTClaimsRegistry":
    from joserfc.jwt import ClaimsOption, JWTClaimsRegistry

    class Registry(JWTClaimsRegistry):
        def validate_iat(self, value: object) -> None:
            """Accept a time of issue in the future: the issuer's clock may be a little ahead."""

    return Registry(None, 0, **{name: ClaimsOption(essential=True) for name in required})
