"""The environment, parsed once into a typed, frozen object. Nothing else in the package reads it."""

import os
import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from chalicelib.errors import ConfigurationError

HOLD_SECONDS_MAX = 43_200


def _postgres_url(value: object) -> object:
    if not str(value).startswith(("postgresql://", "postgres://")):
        raise ValueError("must be a postgresql:// URL")
    return value


def _http_url(value: object) -> object:
    if not str(value).startswith(("http://", "https://")):
        raise ValueError("must be an http:// or https:// URL")
    return value


def _origin(value: object) -> object:
    if value != "*" and not re.fullmatch(r"https?://[^\s/?#,]+", str(value)):
        raise ValueError("must be * or one origin such as https://shop.example.com, without a path")
    return value


def _off_is_none(value: object) -> object:
    return None if value == "off" else value


CorsOrigin = Annotated[str, BeforeValidator(_origin)]
NotNegative = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]


class _CorsConfig(BaseModel):
    cors_origin: CorsOrigin = "*"


class Config(BaseModel):
    """Settings of one execution environment; each field is the environment variable of the same name in capitals."""

    model_config = ConfigDict(frozen=True)

    database_url: Annotated[SecretStr, BeforeValidator(_postgres_url)]
    expiry_queue_url: Annotated[str, BeforeValidator(_http_url)]
    hold_seconds: int = Field(120, ge=1, le=HOLD_SECONDS_MAX)
    max_extensions: int = Field(1, ge=0, le=100)
    max_active_holds: Annotated[Positive | None, BeforeValidator(_off_is_none)] = 5
    lapses_before_cooldown: Annotated[Positive | None, BeforeValidator(_off_is_none)] = 3
    cooldown_seconds: int = Field(60, ge=1, le=86_400)
    sweep_interval_seconds: int = Field(10, ge=1, le=60)
    cors_origin: CorsOrigin = "*"
    allow_anonymous: bool = False
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    prepare_threshold: Annotated[NotNegative | None, BeforeValidator(_off_is_none)] = 2


def _parse[Model: BaseModel](model: type[Model], environment: Mapping[str, str]) -> Model:
    given = {name: environment[name.upper()] for name in model.model_fields if name.upper() in environment}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        # The value stays out of the message: it may be a password.
        faults = [f"{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
        raise ConfigurationError("; ".join(faults)) from None


def parse(environment: Mapping[str, str]) -> Config:
    """Return the configuration held in `environment`; raise ConfigurationError naming every wrong variable."""
    return _parse(Config, environment)


@cache
def load() -> Config:
    """Return the configuration of this process; raise ConfigurationError naming every wrong variable."""
    return parse(os.environ)


def cors_origin() -> str:
    """Return the origin that browsers may call from: the one setting that packaging the application needs too."""
    return _parse(_CorsConfig, os.environ).cors_origin


def log_level() -> str:
    """Return the log level, or INFO while it is wrong: `load` reports that, and needs a logger to do so."""
    level = os.environ.get("LOG_LEVEL", "INFO")
    return level if level in {"DEBUG", "INFO", "WARNING", "ERROR"} else "INFO"
