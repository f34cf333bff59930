"""A database that can't be reached: requests are answered with 503, and served again as soon as it is back."""

from collections.abc import Iterator
from contextlib import contextmanager
from traceback import format_exception

import pytest
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict

from chalicelib.db import connection as database
from chalicelib.errors import ConfigurationError
from tests.http.gateway import Reply, event, reserve_event
from tests.http.routes import ROUTES, UNKNOWN, Route
from tests.http.shop import IPHONE, Shop, opened
from tests.logs import logged

NOBODY = "postgresql://shopkeeper:hunter2@127.0.0.1:1/shop"
RESERVE = reserve_event(f'{{"productId": "{IPHONE}", "quantity": 1}}')
WITHOUT_THE_DATABASE = "GET /openapi.json"


@pytest.fixture
def warm(database_url: str) -> Iterator[Shop]:
    """Open a shop whose connection is up."""
    with opened(database_url) as shop:
        assert shop.get("/health").status == 200
        yield shop


@contextmanager
def away(administrator: Connection, database_url: str) -> Iterator[None]:
    """Take the database away meanwhile: nobody is let in, and who is in is thrown out."""
    name = conninfo_to_dict(database_url)["dbname"]
    switch = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    administrator.execute(switch.format(sql.Identifier(str(name)), sql.Literal(False)))
    throw_out(administrator, database_url)
    yield
    administrator.execute(switch.format(sql.Identifier(str(name)), sql.Literal(True)))


def throw_out(administrator: Connection, database_url: str) -> None:
    """End every connection, and wait until it is gone."""
    name = conninfo_to_dict(database_url)["dbname"]
    administrator.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name])


def is_busy(reply: Reply) -> bool:
    return (reply.status, reply.problem, reply.headers["Retry-After"]) == (503, "busy", "1")


@pytest.mark.parametrize("route", [route for route in ROUTES if str(route) != WITHOUT_THE_DATABASE], ids=str)
def test_every_route_that_needs_the_database_answers_busy_without_it(route: Route) -> None:
    with opened(NOBODY) as shop, logged() as lines:
        reply = route.caller(shop).send(route.event(UNKNOWN))
        assert is_busy(reply)
        assert shop.queue.sent == []
    assert "hunter2" not in reply.body
    assert lines.about("database unavailable")["reason"] == "OperationalError"
    assert "hunter2" not in lines.text


@pytest.mark.parametrize(
    "asked",
    [event("GET", "/openapi.json"), event("GET", "/nothing"), reserve_event("{"), reserve_event("{}", "text/plain")],
)
def test_routes_that_need_no_database_are_answered_without_it(asked: object) -> None:
    with opened(NOBODY) as shop:
        assert shop.send(asked).status < 500


def test_the_first_request_after_the_database_is_back_succeeds(
    warm: Shop, administrator: Connection, database_url: str
) -> None:
    with away(administrator, database_url), logged():
        assert [is_busy(warm.get("/products")) for _ in range(2)] == [True, True]
    assert warm.get("/products").status == 200


def test_a_restart_costs_a_warm_environment_one_request_at_most(
    warm: Shop, administrator: Connection, database_url: str
) -> None:
    throw_out(administrator, database_url)
    with logged():
        replies = [warm.get("/health").status for _ in range(3)]
    assert replies[1:] == [200, 200]


def test_a_read_only_database_is_answered_with_busy_until_it_can_write_again(
    shop: Shop, administrator: Connection, database_url: str
) -> None:
    setting = sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = {}")
    name = sql.Identifier(str(conninfo_to_dict(database_url)["dbname"]))
    administrator.execute(setting.format(name, sql.Literal(True)))
    with opened(database_url) as failed_over, logged():
        assert is_busy(failed_over.send(RESERVE))
        administrator.execute(setting.format(name, sql.Literal(False)))
        assert failed_over.send(RESERVE).status == 201
    assert shop.get(f"/products/{IPHONE}").json["availableStock"] == 9


def test_a_malformed_database_url_does_not_show_its_password() -> None:
    hidden = "hun" + " ter2"  # not as it stands, because the traceback shows this file
    with pytest.raises(ConfigurationError, match="^DATABASE_URL: ") as raised:
        database.connect(f"postgresql://shop:{hidden}@db/shop")
    assert hidden not in "".join(format_exception(raised.value))
