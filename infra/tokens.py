"""Tokens of the service, issued to whoever runs a command."""

import getpass
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from chalicelib.config import parse_keys
from chalicelib.identity.tokens import Bearer, Scope, Tokens

TOKEN_KEYS = "TOKEN_KEYS"  # noqa: S105 - the name of a variable
SECONDS = 3600
NAMELESS = "local"


def issue_admin_token(service: Mapping[str, str]) -> str:
    """Return an admin's token for the current user, signed with the keys of the functions."""
    return _issue(service, Bearer(_user(), Scope.ADMIN))


def issue_shopper_token(service: Mapping[str, str], shopper_id: UUID) -> str:
    """Return a shopper's token, signed with the keys of the functions."""
    return _issue(service, Bearer(str(shopper_id), Scope.SHOPPER))


def _issue(service: Mapping[str, str], bearer: Bearer) -> str:
    return Tokens(parse_keys(service[TOKEN_KEYS])).issue(bearer, datetime.now(UTC), SECONDS)


def _user() -> str:
    try:
        return getpass.getuser()
    except OSError:  # in a container a user id may have no name
        return NAMELESS
