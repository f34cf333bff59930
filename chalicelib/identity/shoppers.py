"""The caller of a request: a shopper, an admin, or anonymous."""

from uuid import UUID

from chalicelib.errors import Forbidden, Unauthenticated
from chalicelib.identity import external_identity, tokens
from chalicelib.identity.tokens import Bearer, Scope

SCHEME = "bearer"
ANONYMOUS = UUID(int=0)  # the shopper of every request without a token


def identify(authorization: str | None) -> Bearer | None:
    """Return the caller that an Authorization header names, or None if there is no such header.

    Raises Unauthenticated if the token is not valid, Busy if the keys for verification can't be read.
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
    """Return the shopper of a request: ANONYMOUS if there is no token and `allow_anonymous` is true.

    Raises Unauthenticated if a token is needed, Forbidden for an admin token.
    """
    if bearer is None:
        if allow_anonymous:
            return ANONYMOUS
        raise Unauthenticated
    if bearer.scope is not Scope.SHOPPER:
        raise Forbidden
    return _shopper_id(bearer)


def admin(bearer: Bearer | None) -> str:
    """Return the admin's name. Raises Unauthenticated if there is no token, Forbidden for a shopper token."""
    if bearer is None:
        raise Unauthenticated
    if bearer.scope is not Scope.ADMIN:
        raise Forbidden
    return bearer.subject


def _shopper_id(bearer: Bearer) -> UUID:
    """Return the id of a shopper. A token with the anonymous id is rejected, even if it is correctly signed."""
    try:
        shopper_id = UUID(bearer.subject)
    except ValueError:
        raise Unauthenticated from None
    if shopper_id == ANONYMOUS:
        raise Unauthenticated
    return shopper_id
