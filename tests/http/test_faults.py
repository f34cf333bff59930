"""Internal errors and wrong settings: the log has the cause, the reply the request id alone."""

from unittest.mock import Mock

import pytest

from chalicelib import config, errors
from chalicelib.api import application
from chalicelib.aws import secrets as stored_secrets
from chalicelib.db import products
from tests.http.gateway import Context, event
from tests.http.shop import Shop, opened
from tests.logs import logged

FAULTS = [RuntimeError("hunter2"), KeyError("hunter2"), errors.ConfigurationError("hunter2"), errors.MalformedMessage()]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_fault_in_a_view_is_logged_and_not_shown(
    unchanged_shop: Shop, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    monkeypatch.setattr(products, "list_for_sale", Mock(side_effect=fault))
    with logged() as lines:
        reply = unchanged_shop.send(event("GET", "/products"), Context("4711"))
    assert (reply.status, reply.problem, reply.headers["X-Request-Id"]) == (500, "internal", "4711")
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "4711" in reply.json["detail"]
    assert not {"hunter2", "Traceback", type(fault).__name__} & set(reply.body.replace('"', " ").split())
    (line,) = lines.parsed
    assert line["request_id"] == "4711"
    assert line["exception"].startswith("Traceback")
    assert type(fault).__name__ in line["exception"]


def test_a_fault_before_the_view_is_logged_and_not_shown(unchanged_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "routable", Mock(side_effect=RuntimeError("hunter2")))
    with logged() as lines:
        reply = unchanged_shop.send(event("GET", "/products"), Context("4711"))
    assert (reply.status, reply.problem) == (500, "internal")
    assert "hunter2" not in reply.body
    assert "RuntimeError" in lines.about("unforeseen error")["exception"]


def test_a_secret_without_keys_is_logged_and_not_shown(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_secrets, "read", Mock(return_value="hunter2"))
    with logged() as lines, opened(database_url) as shop:
        settings = config.load().model_copy(update={"token_keys": None})
        monkeypatch.setattr(config, "load", lambda: settings)
        reply = shop.with_token("x").get("/products")
    assert (reply.status, reply.problem) == (500, "internal")
    assert "TOKEN_KEYS_SECRET_ARN" in lines.about("unforeseen error")["exception"]
    assert "hunter2" not in lines.text + reply.body


def test_the_request_after_a_fault_succeeds(unchanged_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, logged():
        patch.setattr(products, "list_for_sale", Mock(side_effect=RuntimeError))
        assert unchanged_shop.get("/products").status == 500
    assert unchanged_shop.get("/products").status == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOLD_SECONDS", "0"),
        ("EXPIRY_QUEUE_URL", "none"),
        ("DATABASE_URL", "mysql://u:hunter2@h/d"),
        ("LOG_LEVEL", "LOUD"),
        ("TOKEN_KEYS", "first:hunter2"),
        ("TOKEN_KEYS_SECRET_ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:hunter2"),
    ],
)
def test_a_wrong_setting_stops_the_function_and_is_named(name: str, value: str) -> None:
    settings = {"database_url": "postgresql://127.0.0.1:1/none"}
    given = {"database_url": value} if name == "DATABASE_URL" else {**settings, name: value}
    with (
        logged() as lines,
        pytest.raises(errors.ConfigurationError, match=f"^{name}: ") as raised,
        opened(**given) as shop,
    ):
        shop.get("/products")
    assert "hunter2" not in str(raised.value)
    assert lines.text == "", "no view was reached"
