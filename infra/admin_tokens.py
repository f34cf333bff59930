"""Tokens for the admin routes, issued to whoever runs a command."""

import getpass
from collections.abc import Mapping
from datetime import UTC, datetime

from chalicelib.config import parse_keys
from chalicelib.identity.tokens import Bearer, Scope, Tokens

TOKEN_KEYS = "TOKEN_KEYS"  # noqa: S105 - the name of a variable
ADMIN_SECONDS = 3600
NAMELESS = "local"


def issue_admin_token(service: Mapping[str, str]) -> str:
    """Return an admin's token for the current user, signed with the keys of the functions."""
    bearer = Bearer(_user(), Scope.ADMIN)
    return Tokens(parse_keys(service[TOKEN_KEYS])).issue(bearer, datetime.now(UTC), ADMIN_SECONDS)


def _user() -> str:
    try:
        return getpass.getuser()
    except OSError:  # in a container a user id may have no name
        return NAMELESS
