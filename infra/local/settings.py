"""The environment of the local platform, read once; nothing else in `infra` reads it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chalicelib import config
from chalicelib.errors import ConfigurationError
from infra.local.paths import LOCAL
from infra.local.problems import PlatformError

LONGEST_PORT = 5
SERVICE_DEFAULTS = {
    "HOLD_SECONDS": "120",
    "MAX_EXTENSIONS": "1",
    "MAX_ACTIVE_HOLDS": "5",
    "LAPSES_BEFORE_COOLDOWN": "3",
    "COOLDOWN_SECONDS": "60",
    "SWEEP_INTERVAL_SECONDS": "10",
    "EVENT_BUS_NAME": "off",
    "CORS_ORIGIN": "*",
    "ALLOW_ANONYMOUS": "true",
    "GUEST_TOKEN_SECONDS": "2592000",
    "GUEST_TOKENS_PER_MINUTE": "30",
    "TRUSTED_PROXIES": "0",
    "LOG_LEVEL": "INFO",
    "PREPARE_THRESHOLD": "2",
}
SERVICE_OPTIONS = ("TOKEN_KEYS", "JWT_ISSUER", "JWKS_URL", "JWT_AUDIENCE")
"""Passed on only if they are given."""
NEEDED = {"DATABASE_URL": "postgresql://", "EXPIRY_QUEUE_URL": "http://", "TOKEN_KEYS": f"any:{'-' * 32}"}
"""What the service can't do without, and what is not known yet while the rest is checked."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose for `make run` and its companions."""

    port: int
    """Where the front door listens."""
    database_url: str | None
    """A PostgreSQL to use instead of starting one."""
    aws_endpoint_url: str | None
    """A LocalStack to use instead of starting one."""
    functions_database_url: str | None
    """The same database as functions reach it, where that is another address: from inside Docker, for one."""
    run_directory: Path
    """Where data, logs and what is deployed lie."""
    service: Mapping[str, str]
    """Variables handed to the functions as they are."""
    system: Mapping[str, str]
    """The whole environment, for programs started from here."""

    def service_beside(self, earlier: Mapping[str, str]) -> dict[str, str]:
        """The variables of an earlier run, save those that were given anew."""
        return {**earlier, **{name: self.service[name] for name in self.service if self.system.get(name)}}


def read(environment: Mapping[str, str] = os.environ) -> Settings:  # noqa: TID251 - this is the one place
    """The settings, or one sentence naming the variable that is wrong."""
    return Settings(
        port=_port(environment.get("PORT") or "3000"),
        database_url=_url(environment, "DATABASE_URL", "postgresql://", "postgres://"),
        aws_endpoint_url=_url(environment, "AWS_ENDPOINT_URL", "http://", "https://"),
        functions_database_url=_url(environment, "FUNCTIONS_DATABASE_URL", "postgresql://", "postgres://"),
        run_directory=Path(environment.get("RUN_DIRECTORY") or LOCAL).resolve(),
        service=_service(environment),
        system=dict(environment),
    )


def _service(environment: Mapping[str, str]) -> dict[str, str]:
    """The service's variables, checked by the service itself: better now than in a function's log."""
    chosen = {name: environment.get(name) or default for name, default in SERVICE_DEFAULTS.items()}
    chosen |= {name: environment[name] for name in SERVICE_OPTIONS if environment.get(name)}
    try:
        config.parse({**NEEDED, **chosen})
    except ConfigurationError as error:
        raise PlatformError(f"{error}.") from error
    return chosen


def _port(text: str) -> int:
    """A TCP port from 1 to 65535."""
    if not (len(text) <= LONGEST_PORT and text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise PlatformError(f"PORT must be a whole number from 1 to 65535, not {text[:20]!r}.")
    return int(text)


def _url(environment: Mapping[str, str], name: str, *schemes: str) -> str | None:
    """An address with one of the schemes; None if the variable is absent or empty."""
    text = environment.get(name, "").strip()
    if text and not text.startswith(schemes):
        raise PlatformError(f"{name} must begin with {' or '.join(schemes)}, not with {text.partition(':')[0]!r}.")
    return text or None
