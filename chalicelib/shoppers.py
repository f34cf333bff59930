"""Identity: who is calling."""

from uuid import UUID

from chalicelib.errors import Unauthenticated
from chalicelib.schemas import ANONYMOUS


def identify(authorization: str | None, *, allow_anonymous: bool) -> UUID:
    """Return the shopper behind an Authorization header; raise Unauthenticated.

    This version issues no tokens, so none can be valid: callers are anonymous, where that is allowed.
    """
    if authorization is None and allow_anonymous:
        return ANONYMOUS
    raise Unauthenticated
