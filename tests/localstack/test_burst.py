"""Many shoppers at the same moment."""

import json

import httpx
from psycopg import Connection

from infra.local.localstack import LocalStack
from infra.tokens import issue_admin_token
from tests.localstack.conftest import SERVICE
from tests.localstack.deployed import reservations_with_a_message
from tests.localstack.reservations import hold_longer_than_twenty_cold_starts_take, reserve_at_once

SHOPPERS = 100
PRODUCT = {"name": "Wanted by all", "price": 1, "totalStock": SHOPPERS}


def test_a_hundred_at_once_are_all_served_and_each_hold_has_its_message(
    api: httpx.Client, rows: Connection, localstack: LocalStack
) -> None:
    admin = {"Authorization": f"Bearer {issue_admin_token(SERVICE)}"}
    product_id = api.post("admin/products", json=PRODUCT, headers=admin).json()["id"]
    hold_longer_than_twenty_cold_starts_take(rows, product_id)
    log = localstack.function_logs / "flash-sale-local.log"
    before = len(log.read_text().splitlines())
    held = reserve_at_once(api, product_id, SHOPPERS)
    assert len(held) == SHOPPERS
    assert held - reservations_with_a_message(localstack.url) == set()
    said = log.read_text().splitlines()[before:]
    assert [line for line in said if line.startswith("{") and json.loads(line)["level"] != "INFO"] == []
