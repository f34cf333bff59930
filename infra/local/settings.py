"""The settings of the local platform, read from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chalicelib import config
from chalicelib.config import Config
from chalicelib.errors import ConfigurationError
from infra import environment
from infra.problems import PlatformError

LONGEST_PORT = 5
SERVICE_DEFAULTS = {"ALLOW_ANONYMOUS": "true"}
"""The settings of the service that have another default here. All other defaults are in `chalicelib.config`."""
FOUND_BY_THE_PLATFORM = {"DATABASE_URL", "EXPIRY_QUEUE_URL", "TOKEN_KEYS_SECRET_ARN"}
SERVICE_VARIABLES = {name.upper() for name in Config.model_fields} - FOUND_BY_THE_PLATFORM
"""The variables that are passed on to the functions if the user sets them."""
PLACEHOLDERS = {"DATABASE_URL": "postgresql://", "EXPIRY_QUEUE_URL": "http://", "TOKEN_KEYS": f"any:{'-' * 32}"}
"""Required settings that are not known yet when the others are checked."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose for `make run` and the commands beside it."""

    port: int
    """The port of the front door."""
    development_port: int
    """The port of `make dev`."""
    database_url: str | None
    """A PostgreSQL to use instead of starting one."""
    aws_endpoint_url: str | None
    """A LocalStack to use instead of starting one."""
    functions_database_url: str | None
    """The address of the same database for the functions, if it differs, for example inside Docker."""
    run_directory: Path
    """The directory of data, logs and deployments."""
    service: Mapping[str, str]
    """The variables of the functions: those that the user set, and SERVICE_DEFAULTS."""
    system: Mapping[str, str]
    """The whole environment, for programs started from here."""

    def service_beside(self, earlier: Mapping[str, str]) -> dict[str, str]:
        """Return the variables of an earlier run, replaced where the user has set new values."""
        return {**earlier, **{name: self.service[name] for name in self.service if self.system.get(name)}}


def read(given: Mapping[str, str] | None = None) -> Settings:
    """Return the settings. Raise PlatformError with the name of the variable that is wrong."""
    given = environment.variables() if given is None else given
    return Settings(
        port=_port(given, "PORT", "3000"),
        development_port=_port(given, "DEV_PORT", "8000"),
        database_url=_url(given, "DATABASE_URL", "postgresql://", "postgres://"),
        aws_endpoint_url=_url(given, "AWS_ENDPOINT_URL", "http://", "https://"),
        functions_database_url=_url(given, "FUNCTIONS_DATABASE_URL", "postgresql://", "postgres://"),
        run_directory=environment.run_directory(given),
        service=_service(given),
        system=dict(given),
    )


def parsed(service: Mapping[str, str]) -> Config:
    """Return the configuration that the functions read from these variables, defaults included."""
    return config.parse({**PLACEHOLDERS, **service})


def _service(given: Mapping[str, str]) -> dict[str, str]:
    """Check the variables here, by the service's own rules, rather than in a function's log."""
    chosen = {**SERVICE_DEFAULTS, **{name: given[name] for name in sorted(SERVICE_VARIABLES) if given.get(name)}}
    try:
        parsed(chosen)
    except ConfigurationError as error:
        raise PlatformError(f"{error}.") from error
    return chosen


def _port(given: Mapping[str, str], name: str, default: str) -> int:
    """Return a TCP port from 1 to 65535."""
    text = given.get(name) or default
    if not (len(text) <= LONGEST_PORT and text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise PlatformError(f"{name} must be a whole number from 1 to 65535, not {text[:20]!r}.")
    return int(text)


def _url(given: Mapping[str, str], name: str, *schemes: str) -> str | None:
    """Return an address with one of the schemes, or None if the variable is absent or empty."""
    text = given.get(name, "").strip()
    if text and not text.startswith(schemes):
        raise PlatformError(f"{name} must begin with {' or '.join(schemes)}, not with {text.partition(':')[0]!r}.")
    return text or None
