"""The role of the functions in AWS: it can do all that the application does, and nothing to the record of it."""

from collections.abc import Iterator
from decimal import Decimal
from uuid import uuid4

import pytest
from psycopg import Connection, sql
from psycopg.errors import InsufficientPrivilege

from chalicelib.catalog.create import create
from chalicelib.catalog.restock import restock
from chalicelib.db import connection as database
from chalicelib.db import guest_tokens, health, journal, publications, refusals, reservations, retention, roles, waiters
from chalicelib.db.connection import Database
from chalicelib.db.payments import Payment, list_refunds, settle, settle_refund
from chalicelib.errors import Busy
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.extend import extend
from chalicelib.lifecycle.release import release
from tests.factories import active, extendable, let_lapse, request, reserve
from tests.lines import entry, join


@pytest.fixture
def application(connection: Connection, database_url: str) -> Iterator[Connection]:
    """Connect as the application's role."""
    roles.ensure_application_role(connection)
    with database.connect(database_url) as own:
        own.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(roles.APPLICATION_ROLE)))
        yield own


def test_the_application_can_do_all_that_it_does(application: Connection, connection: Connection) -> None:
    shopper = uuid4()
    product_id = create(application, {"name": "A product", "price": Decimal(5)}, 60, "ada", {}).id
    paid = extendable(application, product_id, shopper_id=shopper)
    extend(application, paid.id, shopper)
    assert settle(application, Payment("payment-1", paid.id, shopper, Decimal(5)), 120)[0] == "completed"
    cancel(application, reserve(application, request(product_id, 40, shopper_id=shopper, key="k")).id, shopper)
    assert release(application, active(application, product_id).id, "ada").ended_by == "admin"
    assert settle(application, Payment("payment-2", paid.id, shopper, Decimal(5)), 120)[0] == "refund-required"
    assert settle_refund(application, "payment-2", "ada") == list_refunds(application, 1)[0]
    late = active(application, product_id, shopper_id=shopper)
    let_lapse(connection, late.id)
    assert reservations.expire(application, late.id) == ("expired", None)
    let_lapse(connection, active(application, product_id).id)
    for of_product, slot in reservations.slots_with_lapsed_holds(application):
        reservations.sweep_slot(application, of_product, slot, 10)
    assert restock(application, product_id, -20, "ada").total_stock == 40
    waiter = join(application, product_id, uuid4(), 100)
    other = join(application, product_id, shopper, 40)
    assert waiters.leave(application, other.id, shopper) == entry(application, other)
    assert waiters.awaited_products(application) == [product_id]
    restock(application, product_id, 100, "ada")
    assert entry(application, waiter).status == "OFFERED"
    waiters.serve(application, product_id)
    guest_tokens.count(application, "192.0.2.1", 5)
    retention.delete_idempotency_keys(application, 10)
    retention.delete_guest_token_windows(application, 10)
    refusals.add(application, {(product_id, "limit-exceeded"): 1})
    retention.delete_refusals(application, 10)
    publications.begin(application, "bus")
    assert [row.journal_agrees for row in journal.audit(application)] == [True]
    assert health.expiry_lateness_seconds(application) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM reservations",
        "UPDATE journal SET quantity = 0",
        "DELETE FROM journal",
        "DELETE FROM payments",
        "DELETE FROM waiters",
        "UPDATE settled_refunds SET settled_by = 'somebody else'",
        "DELETE FROM settled_refunds",
        "UPDATE admin_changes SET made_by = 'somebody else'",
        "TRUNCATE stock",
        "DROP TABLE idempotency_keys",
        "CREATE TABLE another (id integer)",
    ],
)
def test_the_application_can_not_remove_its_record(application: Connection, statement: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        application.execute(statement)


def test_the_application_has_the_timeouts_of_every_session(application: Connection, connection: Connection) -> None:
    del application
    (settings,) = connection.execute(
        "SELECT setconfig FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole"
        " JOIN pg_database ON pg_database.oid = setdatabase WHERE rolname = %s AND datname = current_database()",
        [roles.APPLICATION_ROLE],
    ).fetchone() or ([],)
    assert dict(setting.split("=", 1) for setting in settings) == {
        "lock_timeout": "2s",
        "statement_timeout": "5s",
        "idle_in_transaction_session_timeout": "5s",
        "TimeZone": "UTC",
    }


def test_the_role_is_made_once(connection: Connection) -> None:
    roles.ensure_application_role(connection)
    roles.ensure_application_role(connection)
    found = connection.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [roles.APPLICATION_ROLE]).fetchone()
    assert found == (1,)


def test_a_table_that_the_application_may_not_use_yet_makes_it_busy(
    connection: Connection, environment: Database
) -> None:
    roles.ensure_application_role(connection)
    role = sql.Identifier(roles.APPLICATION_ROLE)
    connection.execute(sql.SQL("REVOKE ALL ON waiters FROM {}").format(role))
    environment.run(lambda own: own.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(role)))
    with pytest.raises(Busy):
        environment.run(lambda own: own.execute("SELECT FROM waiters"))
