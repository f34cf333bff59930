"""The commands that pause a sale, find and release holds, and deal with refunds."""

from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from tests import factories
from tests.http.admin_requests import refund_required
from tests.http.commanding import Command
from tests.http.shop import IPHONE, Shop

pytestmark = pytest.mark.slow

NAME = "iPhone 15 Pro Max"
NOBODYS = str(UUID(int=1))


def test_a_sale_is_paused_and_resumed(shop: Shop, admin: Command) -> None:
    said = admin("pause", NAME)
    assert (said.code, said.err) == (0, "")
    assert said.cells()[0][-1] == "yes"
    assert shop.post("/reservations", {"productId": IPHONE, "quantity": 1}).problem == "sale-paused"
    assert [line[1] for line in admin("products").cells() if line[-1] == "yes"] == [NAME]
    assert admin("resume", IPHONE).cells()[0][-1] != "yes"
    assert shop.reserve()["status"] == "ACTIVE"


@pytest.mark.parametrize("arguments", [["pause"], ["resume"], ["holds", "--product"]])
def test_a_product_that_is_not_found_is_answered_with_near_matches(admin: Command, arguments: list[str]) -> None:
    said = admin(*arguments, "iphone 15 pro max")
    assert (said.code, said.out) == (1, "")
    assert f'Did you mean "{NAME}"?' in said.err


def test_a_shoppers_reservations_are_listed(shop: Shop, admin: Command) -> None:
    shopper_id = uuid4()
    shopper = shop.as_shopper(shopper_id)
    first, second = shopper.reserve(2)["id"], shopper.reserve()["id"]
    shopper.post(f"/reservations/{first}/complete")
    said = admin("holds", "--shopper", str(shopper_id))
    assert (said.code, said.err) == (0, "")
    assert [line[:5] for line in said.cells()] == [
        [second, NAME, "1", "1199", "ACTIVE"],
        [first, NAME, "2", "2398", "COMPLETED"],
    ]
    assert [line[0] for line in admin("holds", "--shopper", str(shopper_id), "--limit", "1").cells()] == [second]
    assert [line[0] for line in admin("holds", "--reservation", first).cells()] == [first]
    assert admin("holds", "--reservation", NOBODYS).cells() == []


def test_the_running_holds_of_a_product_are_listed_over_several_pages(
    admin: Command, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.operate.desk.HOLDS_PAGE", 2)
    product_id = factories.product(connection)
    made = [str(factories.active(connection, product_id).id) for _ in range(5)]
    factories.lapsed(connection, product_id)
    assert [line[0] for line in admin("holds", "--product", "A product").cells()] == made[::-1]


def test_an_id_that_is_none_is_refused_by_the_option(admin: Command) -> None:
    said = admin("holds", "--shopper", "ada")
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[1].startswith("  --shopper: ")
    assert admin("holds", "--shopper", NOBODYS, "--limit", "0").err == "--limit must be 1 or more.\n"


def test_a_hold_is_released_in_the_admins_name(shop: Shop, admin: Command) -> None:
    made = shop.reserve(3)["id"]
    said = admin("release", made)
    assert (said.code, said.err) == (0, "")
    assert said.cells()[0][:5] == [made, NAME, "3", "3597", "CANCELLED"]
    assert shop.get(f"/products/{IPHONE}").json["availableStock"] == 10
    assert [line[1:4] for line in admin("changes").cells()] == [["ada", "release", NAME]]


@pytest.mark.parametrize("reservation", [NOBODYS, "x", "../products", "a b?#"])
def test_what_is_no_reservation_is_not_released(admin: Command, reservation: str) -> None:
    said = admin("release", reservation)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Nothing was found here")


def test_a_sold_reservation_is_not_released(shop: Shop, admin: Command) -> None:
    made = shop.reserve()["id"]
    shop.post(f"/reservations/{made}/complete")
    assert admin("release", made).err == "The reservation is COMPLETED, which is final.\n"


def test_a_refund_is_dealt_with(admin: Command, connection: Connection) -> None:
    for reference in ("pay/1?&%", "pay-2"):
        refund_required(connection, reference)
    said = admin("refunded", "pay/1?&%")
    assert (said.code, said.err) == (0, "")
    assert (said.cells()[0][1], said.cells()[0][-1]) == ("pay/1?&%", "ada")
    assert [line[1] for line in admin("refunds", "--open").cells()] == ["pay-2"]
    assert {line[1] for line in admin("refunds").cells()} == {"pay/1?&%", "pay-2"}
    assert admin("refunded", "pay/1?&%").cells() == said.cells()


def test_a_payment_that_is_not_found_is_answered_with_near_matches(admin: Command, connection: Connection) -> None:
    refund_required(connection, "pay-4711")
    said = admin("refunded", "pay-471")
    assert (said.code, said.out) == (1, "")
    assert said.err == 'No payment "pay-471" is to be refunded. Did you mean pay-4711?\n'
    assert admin("refunded", "zzz").err.endswith("`refunds --open` lists those that there are.\n")


@pytest.mark.parametrize("arguments", [["holds"], ["holds", "--shopper", NOBODYS, "--product", NAME], ["release"]])
def test_wrong_arguments_end_with_the_usage(command: Command, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        command(*arguments)
    assert leaving.value.code == 2
