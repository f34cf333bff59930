"""The keys that sign tokens on this machine, kept in the run directory so that tokens stay valid after a restart."""

import getpass
import secrets
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from chalicelib.config import SECRET_BYTES_MIN, parse_keys
from chalicelib.identity.tokens import Bearer, Scope, Tokens
from infra import private_files
from infra.local import settings
from infra.local.run_state import required
from infra.local.settings import Settings

VARIABLE = "TOKEN_KEYS"
FILE = "token-keys"
SECONDS = 3600
NAMELESS = "local"


def with_keys(chosen: Settings) -> dict[str, str]:
    """Return the functions' variables with the keys: those of TOKEN_KEYS, or else those of the run directory."""
    if VARIABLE in chosen.service:
        return dict(chosen.service)
    return {**chosen.service, VARIABLE: _kept(chosen.run_directory / FILE)}


def admin_token() -> None:
    """Print a token for the admin routes of the current run, and nothing else."""
    chosen = settings.read()
    service = chosen.service_beside(required(chosen.run_directory).service)
    sys.stdout.write(f"{issue_admin_token(service)}\n")


def issue_admin_token(service: Mapping[str, str]) -> str:
    """Return an admin's token for the current user, signed with the keys of the functions."""
    return _issue(service, Bearer(_user(), Scope.ADMIN))


def issue_shopper_token(service: Mapping[str, str], shopper_id: UUID) -> str:
    """Return a shopper's token, signed with the keys of the functions."""
    return _issue(service, Bearer(str(shopper_id), Scope.SHOPPER))


def _issue(service: Mapping[str, str], bearer: Bearer) -> str:
    return Tokens(parse_keys(service[VARIABLE])).issue(bearer, datetime.now(UTC), SECONDS)


def _kept(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        private_files.write(file, f"local:{secrets.token_urlsafe(SECRET_BYTES_MIN)}")
    return file.read_text()


def _user() -> str:
    try:
        return getpass.getuser()
    except OSError:  # in a container a user id may have no name
        return NAMELESS
