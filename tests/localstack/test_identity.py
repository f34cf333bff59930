"""Tokens through API Gateway, with the keys that the functions were deployed with."""

import httpx
import pytest

from infra.tokens import issue_admin_token
from tests.localstack.conftest import SERVICE
from tests.localstack.reservations import IPHONE

WANTED = {"productId": IPHONE, "quantity": 1}


def bearing(token: str) -> dict[str, str]:
    """Return the header that a token is sent in."""
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.usefixtures("rows")
def test_a_guest_reserves_what_nobody_else_sees(api: httpx.Client) -> None:
    guest, other = (api.post("shoppers") for _ in range(2))
    assert (guest.status_code, guest.headers["Cache-Control"]) == (201, "private, no-store")
    owner, stranger = (bearing(reply.json()["token"]) for reply in (guest, other))
    reserved = api.post("reservations", json=WANTED, headers=owner).json()
    assert [one["id"] for one in api.get("reservations", headers=owner).json()] == [reserved["id"]]
    for headers in (stranger, {}):
        assert api.get(f"reservations/{reserved['id']}", headers=headers).status_code == 404
        assert api.post(f"reservations/{reserved['id']}/cancel", headers=headers).status_code == 404
    assert api.post(f"reservations/{reserved['id']}/cancel", headers=owner).status_code == 200


@pytest.mark.parametrize("path", ["products", "health", "openapi.json", "reservations", "admin/audit"])
def test_a_bad_token_is_refused_everywhere(api: httpx.Client, path: str) -> None:
    reply = api.get(path, headers=bearing("nonsense"))
    assert (reply.status_code, reply.json()["title"]) == (401, "Not authenticated")


def test_an_admin_gets_in_with_a_token_of_the_run(api: httpx.Client) -> None:
    headers = bearing(issue_admin_token(SERVICE))
    assert all(product["balanced"] for product in api.get("admin/audit", headers=headers).json())
    assert api.get("reservations", headers=headers).status_code == 403
