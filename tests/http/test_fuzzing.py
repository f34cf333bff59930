"""Requests generated from the OpenAPI document, good and bad, alone and in sequences, over a real port (Schemathesis).

About 650 requests in `make test`, 10,000 in an hour of `make soak`.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.api.openapi import EXAMPLE_OF_RESERVATION, EXAMPLE_OF_WAITER
from chalicelib.api.problems import KINDS
from chalicelib.catalog import sample_data
from chalicelib.errors import NotFound
from infra import environment
from infra.paths import ROOT
from tests import factories
from tests.http.admin_requests import refund_required
from tests.http.routes import ROUTES
from tests.http.serving import Served, serving
from tests.http.shop import Shop, opened
from tests.lines import join
from tests.soaking import Effort

pytestmark = pytest.mark.slow

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
OF_LINES = [
    option
    for operation in ("postAdminProducts", "postProductsOneWaiters", "postWaitersOneLeave")
    for option in ("--include-operation-id", operation)
]
LEAVE = re.compile("/waiters/([^/]+)/leave")
SHOPPER = uuid4()
UNLIMITED = {
    "MAX_ACTIVE_HOLDS": "off",
    "LAPSES_BEFORE_COOLDOWN": "off",
    "GUEST_TOKENS_PER_MINUTE": "1000000",
    "HOLD_SECONDS": "43200",  # the long form takes longer than the usual hold
}


@pytest.fixture
def shop(database_url: str, connection: Connection) -> Iterator[Shop]:
    """Open a shop without limits, with a hold, an entry and a refund of the ids that the document has as examples."""
    sample_data.load(connection)
    refund_required(connection, "payment-1")
    hold = factories.active(connection, factories.product(connection, 1))
    connection.execute("UPDATE reservations SET id = %s WHERE id = %s", [EXAMPLE_OF_RESERVATION, hold.id])
    waiter = join(connection, factories.product(connection, 0), SHOPPER)
    connection.execute("UPDATE waiters SET id = %s WHERE id = %s", [EXAMPLE_OF_WAITER, waiter.id])
    with opened(database_url, **UNLIMITED) as shop:
        yield shop


def schemathesis(
    shop: Shop, served: Served, folder: Path, phases: str, examples: int, *only: str, shopper_id: UUID = SHOPPER
) -> None:
    """Run Schemathesis; fail with its report if a check fails."""
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIGURATION, "run"]
    command += [f"{served.url}/openapi.json", "--url", served.url, "--phases", phases]
    command += ["--max-examples", str(examples), "--generation-deterministic", "--no-color", *only]
    tokens = {"SHOPPER_TOKEN": shop.as_shopper(shopper_id).token or "", "ADMIN_TOKEN": shop.as_admin().token or ""}
    variables = {**environment.variables(), **tokens, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=variables, cwd=folder, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def reached(served: Served) -> set[str]:
    """Return the routes that have answered with success, or by what they found in the database."""
    patterns = {route: re.compile(re.sub(r"\{\w+\}", "[^/]+", route.resource)) for route in ROUTES}
    return {
        str(route)
        for method, path, status in served.answers
        for route, pattern in patterns.items()
        if method == route.method and pattern.fullmatch(path) and (status < 300 or status in {409, 410})
    }


def entries_left(served: Served) -> set[str]:
    """Return the entries of waiting lists that somebody has left."""
    asked = ((LEAVE.fullmatch(path), status) for _, path, status in served.answers)
    return {found[1] for found, status in asked if found and status == 200}


@pytest.mark.soak("R14")
@pytest.mark.timeout(3_600)
def test_generated_requests_are_answered_as_the_document_says(shop: Shop, tmp_path: Path, effort: Effort) -> None:
    with serving() as served:
        schemathesis(shop, served, tmp_path, "examples,coverage,fuzzing", effort(2, 330))
        schemathesis(shop, served, tmp_path, "stateful", effort(25, 1_000))
        if effort.is_long:  # Three steps from a new product to an entry that is left: few of the stories come so far.
            schemathesis(shop, served, tmp_path, "stateful", 150, *OF_LINES, shopper_id=uuid4())
            assert entries_left(served) - {EXAMPLE_OF_WAITER}, "otherwise the links of waiting lists were not followed"
    effort.done(f"{len(served.answers)} generated requests")
    assert reached(served) == {str(route) for route in ROUTES}, "otherwise too little was tested"


def test_an_undocumented_answer_is_reported(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, NotFound, replace(KINDS[NotFound], status=418))
    with serving() as served, pytest.raises(AssertionError, match="Undocumented HTTP status code|418"):
        schemathesis(shop, served, tmp_path, "coverage", 1, "--include-path", "/products/{product_id}")
