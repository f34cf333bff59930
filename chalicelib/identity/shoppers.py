"""Who is calling: a shopper, an admin, or nobody in particular."""

from uuid import UUID

from chalicelib.errors import Forbidden, Unauthenticated
from chalicelib.identity import external_identity, tokens
from chalicelib.identity.tokens import Bearer, Scope

SCHEME = "bearer"
ANONYMOUS = UUID(int=0)  # the shopper of every request without a token


def identify(authorization: str | None) -> Bearer | None:
    """Return whom the token of an Authorization header speaks for, or None if there is no such header.

    Raises Unauthenticated for any token that is not valid, Busy while the keys to tell by can't be had.
    """
    if authorization is None:
        return None
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != SCHEME:
        raise Unauthenticated
    external = external_identity.current()
    if external and external.is_named_by(token):
        return external.verify(token)
    bearer = tokens.current().verify(token)
    if bearer.scope is Scope.SHOPPER:
        _shopper_id(bearer)
    return bearer


def shopper(bearer: Bearer | None, *, allow_anonymous: bool) -> UUID:
    """Return the shopper who is calling: ANONYMOUS without a token, where that is allowed.

    Raises Unauthenticated without a token where that is not allowed, Forbidden for an admin's.
    """
    if bearer is None:
        if allow_anonymous:
            return ANONYMOUS
        raise Unauthenticated
    if bearer.scope is not Scope.SHOPPER:
        raise Forbidden
    return _shopper_id(bearer)


def admin(bearer: Bearer | None) -> str:
    """Return the name of the admin who is calling; raise Unauthenticated without a token, Forbidden for a shopper's."""
    if bearer is None:
        raise Unauthenticated
    if bearer.scope is not Scope.ADMIN:
        raise Forbidden
    return bearer.subject


def _shopper_id(bearer: Bearer) -> UUID:
    """Tokens with the anonymous id are rejected, even if correctly signed."""
    try:
        shopper_id = UUID(bearer.subject)
    except ValueError:
        raise Unauthenticated from None
    if shopper_id == ANONYMOUS:
        raise Unauthenticated
    return shopper_id
