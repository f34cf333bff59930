"""The claims of a signed token (JWT, RFC 7519), once signature and times are verified."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.errors import Unauthenticated

if TYPE_CHECKING:
    from joserfc.jwk import Key
    from joserfc.jwt import JWTClaimsRegistry


def verified(token: str, find_key: Callable[[str], "Key"], algorithm: str, required: tuple[str, ...]) -> dict[str, Any]:
    """Return the claims of a token that the key of the id in its header has signed with `algorithm`.

    All `required` claims are there and not empty, and it is between `nbf` and `exp`. Raises Unauthenticated otherwise,
    and what `find_key` raises.
    """
    from joserfc import jwt
    from joserfc.errors import JoseError

    try:
        claims = jwt.decode(token, lambda header: find_key(header.headers()["kid"]), algorithms=[algorithm]).claims
        _registry(required).validate(claims)
    except (JoseError, KeyError, TypeError, ValueError, RecursionError):
        raise Unauthenticated from None
    return claims


@cache
def _registry(required: tuple[str, ...]) -> "JWTClaimsRegistry":
    from joserfc.jwt import ClaimsOption, JWTClaimsRegistry

    class Registry(JWTClaimsRegistry):
        def validate_iat(self, value: object) -> None:
            """Accept a time of issue in the future: another host's clock may be a little ahead."""

    return Registry(None, 0, **{name: ClaimsOption(essential=True) for name in required})
