"""The settings, parsed once from the environment into a frozen object. No other module reads the environment."""

import os
import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal
from urllib.parse import unquote

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)

from chalicelib.errors import ConfigurationError

HOLD_SECONDS_MAX = 43_200
INTEGER_MAX = 2_147_483_647  # of PostgreSQL's integer
PORT_MAX = 65_535
SWEEP_INTERVALS = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60)
KEYS_MAX = 2
SECRET_BYTES_MIN = 32  # the length of an HS256 hash (RFC 7518, section 3.2)
KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

# As libpq reads a URL. `urlsplit` ends a password at "?" or "#", and takes one host only.
POSTGRES_URL = re.compile(r"postgres(?:ql)?://(?:[^@/]*@)?(?P<hosts>[^@/?]*)(?:/[^?]*)?(?:\?(?P<query>.*))?")
POSTGRES_HOST = re.compile(r"(?:\[[^\]]+\]|[^\[\]:]*)(?::(?P<port>.*))?")
NOT_IN_A_URL = re.compile(r"\s|%(?![0-9A-Fa-f]{2})|%00")
_TEXTS = (
    *("application_name", "client_encoding", "dbname", "host", "hostaddr", "options", "passfile", "password"),
    *("require_auth", "sslcert", "sslcrl", "sslkey", "sslpassword", "sslrootcert", "user"),
)
_NUMBERS = (
    *("connect_timeout", "keepalives", "keepalives_count", "keepalives_idle", "keepalives_interval"),
    "tcp_user_timeout",
)
POSTGRES_PARAMETERS = {
    **dict.fromkeys(_TEXTS, r"(?s:.*)"),
    **dict.fromkeys(_NUMBERS, r"[0-9]{1,9}"),
    "channel_binding": r"disable|prefer|require",
    "gssencmode": r"disable|prefer|require",
    "load_balance_hosts": r"disable|random",
    "port": r"[0-9,]*",
    "ssl": r"true",
    "ssl_min_protocol_version": r"TLSv1(\.[1-3])?",
    "sslmode": r"disable|allow|prefer|require|verify-ca|verify-full",
    "sslnegotiation": r"postgres|direct",
    "target_session_attrs": r"any|read-write|read-only|primary|standby|prefer-standby",
}
"""Parameters that DATABASE_URL may have, of those that libpq knows, with the pattern of their values."""

TokenKeys = dict[str, SecretStr]
"""Secrets by key id. The first one signs tokens; all of them verify tokens."""


def parse_keys(text: str) -> TokenKeys:
    """Return the keys in `text`, which has the format of TOKEN_KEYS: `kid:secret` or `kid1:secret1,kid2:secret2`.

    Raises ValueError. Its message never contains any part of `text`.
    """
    pairs = [pair.strip().partition(":") for pair in text.split(",")]
    keys = {key_id: SecretStr(secret) for key_id, _, secret in pairs}
    if len(pairs) > KEYS_MAX or len(keys) < len(pairs):
        raise ValueError(f"must have one key or {KEYS_MAX} keys with different ids, as kid1:secret1,kid2:secret2")
    if not all(KEY_ID.fullmatch(key_id) for key_id in keys):
        raise ValueError(
            "each key must be kid:secret, where the kid has 1 to 64 letters, digits, dots, hyphens or underscores"
        )
    if min(len(secret.get_secret_value().encode()) for secret in keys.values()) < SECRET_BYTES_MIN:
        raise ValueError(f"each secret must have at least {SECRET_BYTES_MIN} bytes")
    return keys


def _postgres_url(value: object) -> object:
    """Require a URL that libpq reads. Only `chalicelib.db` imports libpq, and it would notice at the first request."""
    url = POSTGRES_URL.fullmatch(str(value))
    if not url or NOT_IN_A_URL.search(str(value)):
        raise ValueError("must be a postgresql:// URL, in which a space is %20 and a percent sign %25")
    hosts = [POSTGRES_HOST.fullmatch(host) for host in url["hosts"].split(",")]
    if not all(host and _is_port(host["port"] or "") for host in hosts):
        raise ValueError(
            "must have hosts and ports such as db.example.com:5432, and %2F and %40 for / and @ in a password"
        )
    query = url["query"]
    if query and not all(map(_is_parameter, query.removesuffix("&").split("&"))):
        raise ValueError("must have only parameters that libpq knows, with their values, such as sslmode=verify-full")
    return value


def _is_port(text: str) -> bool:
    """Return whether `text` is a port, or empty, which means the default."""
    return not text or (bool(re.fullmatch("[0-9]{1,5}", text)) and 1 <= int(text) <= PORT_MAX)


def _is_parameter(text: str) -> bool:
    """Return whether `text` is a parameter of libpq, with a value that it takes."""
    name, *values = map(unquote, text.split("="))
    if len(values) != 1 or name not in POSTGRES_PARAMETERS or not re.fullmatch(POSTGRES_PARAMETERS[name], values[0]):
        return False
    return name != "port" or all(map(_is_port, values[0].split(",")))


def _http_url(value: object) -> object:
    if not str(value).startswith(("http://", "https://")):
        raise ValueError("must be an http:// or https:// URL")
    return value


def _origin(value: object) -> object:
    if value != "*" and not re.fullmatch(r"https?://[^\s/?#,]+", str(value)):
        raise ValueError("must be * or one origin without a path, such as https://shop.example.com")
    return value


def _origins(value: object) -> object:
    origins = tuple(filter(None, map(str.strip, str(value).split(","))))
    if not all(re.fullmatch(r"https://[a-z0-9.-]+(:[0-9]{1,5})?", origin) for origin in origins):
        raise ValueError(
            "must be https origins in small letters, separated by commas, such as https://images.example.com"
        )
    return origins


def _bus(value: object) -> object:
    if value is not None and not re.fullmatch(
        r"(arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus/)?[A-Za-z0-9._/-]{1,256}", str(value)
    ):
        raise ValueError("must be the name or the ARN of an event bus")
    return value


def _key_url(value: object) -> object:
    """Require TLS: without it, an attacker on the network could replace the keys."""
    if not re.match(r"https://[^\s/]|http://(localhost|127\.0\.0\.1)[:/]", str(value)):
        raise ValueError("must be an https:// URL")
    return value


def _token_keys(value: object) -> object:
    return parse_keys(value) if isinstance(value, str) else value


def _one_source_of_keys(arn: str | None, info: ValidationInfo) -> str | None:
    if "token_keys" in info.data and (info.data["token_keys"] is None) == (arn is None):
        raise ValueError("set either TOKEN_KEYS or this variable, and not both")
    return arn


def _all_of_an_issuer(audience: str | None, info: ValidationInfo) -> str | None:
    together = {info.data.get(name) is None for name in ("jwt_issuer", "jwks_url")}
    if {"jwt_issuer", "jwks_url"} <= info.data.keys() and together != {audience is None}:
        raise ValueError("set JWT_ISSUER, JWKS_URL and this variable together, or none of them")
    return audience


def _needed_to_connect(given: object, info: ValidationInfo, auth: str) -> object:
    if info.data.get("database_auth") == auth and given is None:
        raise ValueError(f"must be set if DATABASE_AUTH is {auth}")
    return given


def _needed_for_secret(arn: str | None, info: ValidationInfo) -> object:
    return _needed_to_connect(arn, info, "secret")


def _needed_for_iam(region: str | None, info: ValidationInfo) -> object:
    return _needed_to_connect(region, info, "iam")


def _divisor_of_a_minute(seconds: int) -> int:
    """The passes begin anew each minute, and what they measure must too."""
    if seconds not in SWEEP_INTERVALS:
        raise ValueError(f"must be one of {', '.join(map(str, SWEEP_INTERVALS))}")
    return seconds


def _off_is_none(value: object) -> object:
    return None if value == "off" else value


CorsOrigin = Annotated[str, BeforeValidator(_origin)]
Origins = Annotated[tuple[str, ...], BeforeValidator(_origins)]
NotNegative = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1, le=INTEGER_MAX)]
HoldSeconds = Annotated[int, Field(ge=1, le=HOLD_SECONDS_MAX)]


SecretArn = Annotated[str, Field(pattern=r"^arn:[\w-]+:secretsmanager:[\w-]+:\d+:secret:\S+$")]
NotEmpty = Annotated[str, Field(min_length=1)]


class _CorsConfig(BaseModel):
    cors_origin: CorsOrigin = "*"


class Config(BaseModel):
    """The settings of one execution environment. Each field is the environment variable of the same name in capitals.

    TRUSTED_PROXIES is the number of our own proxies before API Gateway. Each proxy appends the address of its caller to
    X-Forwarded-For. With 0, the caller of API Gateway is the shopper. With 1, the caller is CloudFront, and the last
    address in X-Forwarded-For is the shopper's. Addresses further left come from the shopper and may be false. Somebody
    who can call API Gateway without these proxies can send any address.

    IMAGE_ORIGINS are the origins that products' images may come from, besides the shop's own. The front door lets
    browsers load images from the same ones (Content-Security-Policy).

    DATABASE_AUTH is the source of the database's password: `password` is the one in DATABASE_URL, `iam` a token that is
    signed for each connection (RDS Proxy), `secret` the owner's password, which RDS keeps in DATABASE_SECRET_ARN.
    """

    model_config = ConfigDict(frozen=True)

    database_url: Annotated[SecretStr, BeforeValidator(_postgres_url)]
    database_auth: Literal["password", "iam", "secret"] = "password"
    database_secret_arn: Annotated[SecretArn | None, AfterValidator(_needed_for_secret)] = Field(
        None, validate_default=True
    )
    aws_region: Annotated[NotEmpty | None, AfterValidator(_needed_for_iam)] = Field(None, validate_default=True)
    expiry_queue_url: Annotated[str, BeforeValidator(_http_url)]
    hold_seconds: HoldSeconds = 120
    max_extensions: int = Field(10, ge=0, le=100)
    max_active_holds: Annotated[Positive | None, BeforeValidator(_off_is_none)] = 5
    lapses_before_cooldown: Annotated[Positive | None, BeforeValidator(_off_is_none)] = 3
    cooldown_seconds: int = Field(60, ge=1, le=86_400)
    max_waiters_per_product: int = Field(1_000, ge=1, le=10_000)  # one restock serves them all in one transaction
    offer_seconds: Annotated[HoldSeconds | None, BeforeValidator(_off_is_none)] = None
    sweep_interval_seconds: Annotated[int, AfterValidator(_divisor_of_a_minute)] = 10
    event_bus_name: Annotated[str | None, BeforeValidator(_bus), BeforeValidator(_off_is_none)] = None
    cors_origin: CorsOrigin = "*"
    image_origins: Origins = ()
    allow_anonymous: bool = False
    token_keys: Annotated[TokenKeys | None, BeforeValidator(_token_keys)] = None
    token_keys_secret_arn: Annotated[SecretArn | None, AfterValidator(_one_source_of_keys)] = Field(
        None, validate_default=True
    )
    guest_token_seconds: int = Field(2_592_000, ge=1, le=31_536_000)
    guest_tokens_per_minute: Positive = 30
    trusted_proxies: int = Field(0, ge=0, le=10)
    jwt_issuer: NotEmpty | None = None
    jwks_url: Annotated[str, BeforeValidator(_key_url)] | None = None
    jwt_audience: Annotated[NotEmpty | None, AfterValidator(_all_of_an_issuer)] = Field(None, validate_default=True)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    prepare_threshold: Annotated[NotNegative | None, BeforeValidator(_off_is_none)] = 2


def _parse[Model: BaseModel](model: type[Model], environment: Mapping[str, str]) -> Model:
    given = {name: environment[name.upper()] for name in model.model_fields if name.upper() in environment}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        # The message must not contain the value, which may be a password.
        faults = [f"{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
        raise ConfigurationError("; ".join(faults)) from None


def parse(environment: Mapping[str, str]) -> Config:
    """Return the configuration in `environment`. Raises ConfigurationError, which names every wrong variable."""
    return _parse(Config, environment)


@cache
def load() -> Config:
    """Return the configuration of this process. Raises ConfigurationError, which names every wrong variable."""
    return parse(os.environ)


def cors_origin() -> str:
    """Return the origin that browsers may call from. Packaging the application needs only this setting."""
    return _parse(_CorsConfig, os.environ).cors_origin


def is_provisioned() -> bool:
    """Return whether Lambda keeps this environment ready ahead of its first request (provisioned concurrency)."""
    return os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "provisioned-concurrency"


def log_level() -> str:
    """Return the log level; INFO if LOG_LEVEL is wrong. `load` reports a wrong level, and its caller logs that."""
    level = os.environ.get("LOG_LEVEL", "INFO")
    return level if level in {"DEBUG", "INFO", "WARNING", "ERROR"} else "INFO"


def service_name() -> str:
    """Return the name of the service in log lines and metrics. The service template sets it to that of the stage."""
    return os.environ.get("POWERTOOLS_SERVICE_NAME") or "flash-sale"
