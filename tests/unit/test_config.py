"""The configuration: defaults, ranges, and faults that are named without giving secrets away."""

import pytest
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo
from pydantic import ValidationError

from chalicelib import config
from chalicelib.errors import ConfigurationError

SECRET = f"hunter2-{'x' * 24}"
"""As short as a key's secret may be."""
KEYS = f"first:{SECRET}"
NEEDED = {
    "DATABASE_URL": "postgresql://shop:hunter2@db/shop",
    "EXPIRY_QUEUE_URL": "https://sqs.test/1/expiry",
    "TOKEN_KEYS": KEYS,
}

INTEGERS = {"1": 1, "2147483647": 2_147_483_647}
"""The ends of a PostgreSQL integer's range, which such a setting may not exceed."""
BUS_ARN = "arn:aws:events:eu-west-1:000000000000:event-bus/flash-sale"


def parsed(**settings: str) -> config.Config:
    return config.parse({**NEEDED, **settings})


def test_only_the_database_the_queue_and_the_token_keys_must_be_given() -> None:
    settings = parsed()
    assert settings.database_url.get_secret_value() == NEEDED["DATABASE_URL"]
    assert settings.model_dump(exclude={"database_url", "token_keys"}) == {
        "aws_region": None,
        "database_auth": "password",
        "database_secret_arn": None,
        "expiry_queue_url": NEEDED["EXPIRY_QUEUE_URL"],
        "hold_seconds": 120,
        "max_extensions": 10,
        "max_active_holds": 5,
        "lapses_before_cooldown": 3,
        "cooldown_seconds": 60,
        "max_waiters_per_product": 1_000,
        "offer_seconds": None,
        "sweep_interval_seconds": 10,
        "event_bus_name": None,
        "cors_origin": "*",
        "image_origins": (),
        "allow_anonymous": False,
        "token_keys_secret_arn": None,
        "guest_token_seconds": 2_592_000,
        "guest_tokens_per_minute": 30,
        "trusted_proxies": 0,
        "jwt_issuer": None,
        "jwks_url": None,
        "jwt_audience": None,
        "log_level": "INFO",
        "prepare_threshold": 2,
    }


READ: dict[str, dict[str, object]] = {
    "HOLD_SECONDS": {"1": 1, "43200": 43_200},
    "SWEEP_INTERVAL_SECONDS": {str(seconds): seconds for seconds in (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60)},
    "CORS_ORIGIN": {text: text for text in ("*", "http://localhost:3000", "https://shop.example.com")},
    "IMAGE_ORIGINS": {
        "": (),
        "https://a.test": ("https://a.test",),
        "https://a.test, https://b-c.test:8443": ("https://a.test", "https://b-c.test:8443"),
    },
    "ALLOW_ANONYMOUS": {"true": True, "True": True, "1": True, "false": False, "0": False},
    "MAX_EXTENSIONS": {"0": 0, "100": 100},
    "MAX_ACTIVE_HOLDS": {**INTEGERS, "off": None},
    "LAPSES_BEFORE_COOLDOWN": {**INTEGERS, "off": None},
    "COOLDOWN_SECONDS": {"1": 1, "86400": 86_400},
    "MAX_WAITERS_PER_PRODUCT": {"1": 1, "10000": 10_000},
    "OFFER_SECONDS": {"1": 1, "43200": 43_200, "off": None},
    "GUEST_TOKEN_SECONDS": {"1": 1, "31536000": 31_536_000},
    "GUEST_TOKENS_PER_MINUTE": INTEGERS,
    "TRUSTED_PROXIES": {"0": 0, "10": 10},
    "LOG_LEVEL": {text: text for text in ("DEBUG", "INFO", "WARNING", "ERROR")},
    "EVENT_BUS_NAME": {"off": None, **{text: text for text in ("flash-sale", "a.B_9-", "default", BUS_ARN)}},
    "PREPARE_THRESHOLD": {"0": 0, "5": 5, "off": None},
    "EXPIRY_QUEUE_URL": {text: text for text in ("http://localhost:4566/0/expiry", "https://sqs.test/1/expiry")},
}
"""Texts of the environment that are read, and as what."""

WRONG_HOSTS = (
    "db:abc/d",
    "db:0/d",
    "db:65536/d",
    "db:５/d",
    "[::1/d",
    "[]/d",
    "[::1]x/d",
    "::1/d",
    "db,db:x/d",
    "d b/d",
)
WRONG_PARAMETERS = (
    *("sslmode", "sslmode=", "sslmode=bogus", "sslmode=requires", "sslmode=require=", "ssl=false", "gssencmode=maybe"),
    *("foo=bar", "=", "&", "&sslmode=require", "port=x", "port=1,65536", "connect_timeout=soon", "options=-c a=b"),
    *("target_session_attrs=none", "channel_binding=no", "load_balance_hosts=yes", "sslnegotiation=none"),
    "ssl_min_protocol_version=TLSv2",
)
REFUSED: dict[str, list[str]] = {
    "DATABASE_URL": [
        *("", "hunter2", "mysql://u:hunter2@db/d", "host=db password=hunter2"),
        *(f"postgresql://u:hunter2@{rest}" for rest in (*WRONG_HOSTS, *(f"db/d?{text}" for text in WRONG_PARAMETERS))),
        *(
            f"postgresql://u:{password}@db/d"
            for password in ("hunter2/", "hunter2@", "hunter2 ", "hunter2%", "hunter2%00")
        ),
        "postgresql://u:hunter2/d",
    ],
    "EXPIRY_QUEUE_URL": ["", "expiry", "arn:aws:sqs:us-east-1:000000000000:expiry"],
    "HOLD_SECONDS": ["", "0", "-1", "43201", "1.5", "two", "1e3", "NaN"],
    "SWEEP_INTERVAL_SECONDS": ["", "0", "-1", "7", "40", "59", "61", "120", "ten"],
    "CORS_ORIGIN": [
        *("", "shop.example.com", "https://", "ftp://shop", "null"),
        *(f"https://a.test{text}" for text in ("/", "/shop", "?x", "#x", ", https://b.test", " ", "\n")),
    ],
    "IMAGE_ORIGINS": [
        *("a.test", "http://a.test", "https://", "*", "https://*.test", "https://A.test", "https://a.test;img-src *"),
        *(f"https://a.test{text}" for text in ("/", "/images", " https://b.test", "?x", "\nhttps://b.test")),
    ],
    "ALLOW_ANONYMOUS": ["", "maybe", "2"],
    "MAX_EXTENSIONS": ["", "-1", "101", "off"],
    "MAX_ACTIVE_HOLDS": ["", "0", "2147483648", "OFF"],
    "LAPSES_BEFORE_COOLDOWN": ["", "0", "2147483648", "never"],
    "COOLDOWN_SECONDS": ["", "0", "86401", "off"],
    "MAX_WAITERS_PER_PRODUCT": ["", "0", "10001", "off"],
    "OFFER_SECONDS": ["", "0", "43201", "OFF"],
    "GUEST_TOKEN_SECONDS": ["", "0", "31536001"],
    "GUEST_TOKENS_PER_MINUTE": ["", "0", "2147483648", "off"],
    "TRUSTED_PROXIES": ["", "-1", "11", "true"],
    "TOKEN_KEYS": [
        *("", "hunter2", SECRET, f":{SECRET}", f"a b:{SECRET}", f"é:{SECRET}", f"first:{SECRET[:-1]}", f"{KEYS},"),
        *(f"{KEYS},second:hunter2", f"{KEYS},{KEYS}", f"{KEYS},second:{SECRET},third:{SECRET}"),
    ],
    "LOG_LEVEL": ["", "info", "TRACE"],
    "EVENT_BUS_NAME": ["", "a bus", "x" * 257, "arn:aws:sqs:us-east-1:000000000000:expiry"],
    "PREPARE_THRESHOLD": ["", "-1", "OFF", "never"],
}


@pytest.mark.parametrize("name", READ)
def test_a_setting_is_read_up_to_the_ends_of_its_range(name: str) -> None:
    assert {text: getattr(parsed(**{name: text}), name.lower()) for text in READ[name]} == READ[name]


POSTGRES_URLS = (
    *("postgresql://", "postgresql://db", "postgres://db/shop", "postgresql://u@db:1/d", "postgresql://u:@db:65535/d?"),
    *("postgresql://u:p%40ss#?[:é@db:/d", "postgresql://[::1]:5432/d", "postgresql://[fe80::1%25eth0]/d"),
    *("postgresql://a,b/d", "postgresql://u:p@a:5432,[::1]:5433,:5434/d?target_session_attrs=read-write&"),
    *("postgresql:///d?host=/run/postgresql&port=5433", "postgresql://%2Frun%2Fpostgresql/d?user=u&password=p%0Aw"),
    "postgresql://u@db/d?%73slmode=verify-full&sslrootcert=/var/task/roots.pem&gssencmode=disable&ssl=true",
    "postgresql://?host=a,b&port=1,&options=-c%20role%3Dr&connect_timeout=3&keepalives=0&channel_binding=require",
    "postgresql://db/d?sslnegotiation=direct&ssl_min_protocol_version=TLSv1.3&load_balance_hosts=random",
    *(f"postgresql://db/d?sslmode={mode}" for mode in ("disable", "allow", "prefer", "require", "verify-ca")),
)


@pytest.mark.parametrize("url", POSTGRES_URLS)
def test_a_url_that_libpq_reads_is_taken_as_it_is(url: str) -> None:
    conninfo_to_dict(url)
    assert parsed(DATABASE_URL=url).database_url.get_secret_value() == url


def test_each_parameter_of_the_database_is_one_of_libpq() -> None:
    known = {option.keyword.decode() for option in Conninfo.get_defaults()} | {"ssl"}
    assert config.POSTGRES_PARAMETERS.keys() <= known


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_setting_is_named_without_its_value(name: str) -> None:
    for text in REFUSED[name]:
        with pytest.raises(ConfigurationError, match=f"^{name}: [^;]+$") as raised:
            parsed(**{name: text})
        assert "hunter2" not in str(raised.value)


def test_an_interval_that_does_not_divide_a_minute_is_answered_by_those_that_do() -> None:
    with pytest.raises(ConfigurationError, match=r" one of 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60$"):
        parsed(SWEEP_INTERVAL_SECONDS="40")


def test_everything_wrong_or_missing_is_named_at_once() -> None:
    with pytest.raises(ConfigurationError) as raised:
        config.parse({"HOLD_SECONDS": "0", "DATABASE_URL": "hunter2", "LOG_LEVEL": "LOUD"})
    faults = str(raised.value).split("; ")
    assert [fault.partition(": ")[0] for fault in faults] == [
        "DATABASE_URL",
        "EXPIRY_QUEUE_URL",
        "HOLD_SECONDS",
        "TOKEN_KEYS_SECRET_ARN",
        "LOG_LEVEL",
    ]


def test_an_error_is_raised_without_the_one_that_holds_the_value() -> None:
    with pytest.raises(ConfigurationError) as raised:
        parsed(DATABASE_URL="mysql://u:hunter2@db/d")
    assert raised.value.__suppress_context__


def test_the_configuration_hides_the_password_and_stays_as_it_is() -> None:
    settings = parsed()
    assert "hunter2" not in repr(settings)
    assert "hunter2" not in settings.model_dump_json()
    with pytest.raises(ValidationError):
        settings.hold_seconds = 1  # type: ignore[misc]


def test_variables_of_other_programs_are_ignored() -> None:
    assert parsed(PATH="/bin", AWS_REGION="eu-west-1", hold_seconds="7").hold_seconds == 120


def test_it_is_read_once_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**NEEDED, "HOLD_SECONDS": "5"}.items():
        monkeypatch.setenv(name, value)
    config.load.cache_clear()
    first = config.load()
    monkeypatch.setenv("HOLD_SECONDS", "6")
    assert (first.hold_seconds, config.load()) == (5, first)
    config.load.cache_clear()


@pytest.mark.parametrize(("text", "level"), [("DEBUG", "DEBUG"), ("LOUD", "INFO"), ("", "INFO")])
def test_with_a_wrong_log_level_there_is_still_a_logger(monkeypatch: pytest.MonkeyPatch, text: str, level: str) -> None:
    monkeypatch.setenv("LOG_LEVEL", text)
    assert config.log_level() == level


def test_the_origin_is_read_without_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("CORS_ORIGIN", raising=False)
    assert config.cors_origin() == "*"
    monkeypatch.setenv("CORS_ORIGIN", "https://shop.example.com")
    assert config.cors_origin() == "https://shop.example.com"
    monkeypatch.setenv("CORS_ORIGIN", "everyone")
    with pytest.raises(ConfigurationError, match=r"^CORS_ORIGIN: "):
        config.cors_origin()
