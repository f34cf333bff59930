"""The keys that sign tokens on this machine, kept in the run directory so that tokens stay valid after a restart."""

import secrets
import sys
from pathlib import Path

from chalicelib.config import SECRET_BYTES_MIN
from infra import private_files
from infra.local import settings
from infra.local.run_state import required
from infra.local.settings import Settings
from infra.tokens import TOKEN_KEYS, issue_admin_token

FILE = "token-keys"


def with_keys(chosen: Settings) -> dict[str, str]:
    """Return the functions' variables with the keys: those of TOKEN_KEYS, or else those of the run directory."""
    if TOKEN_KEYS in chosen.service:
        return dict(chosen.service)
    return {**chosen.service, TOKEN_KEYS: _kept(chosen.run_directory / FILE)}


def admin_token() -> None:
    """Print a token for the admin routes of the current run, and nothing else."""
    chosen = settings.read()
    service = chosen.service_beside(required(chosen.run_directory).service)
    sys.stdout.write(f"{issue_admin_token(service)}\n")


def _kept(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        private_files.write(file, f"local:{secrets.token_urlsafe(SECRET_BYTES_MIN)}")
    return file.read_text()
