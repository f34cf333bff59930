"""The command line of admins, talking to the real API over a real port."""

import json
import subprocess
import sys

import pytest
from psycopg import Connection

from infra.paths import ROOT
from tests import factories
from tests.http.admin_requests import refund_required
from tests.http.commanding import Command
from tests.http.shop import IPHONE, Shop

pytestmark = pytest.mark.slow


def test_the_products_are_listed(admin: Command) -> None:
    said = admin("products")
    assert (said.code, said.err) == (0, "")
    assert len(said.cells()) == 6
    assert [IPHONE, "iPhone 15 Pro Max", "1199", "USD", "10", "10", "120"] in said.cells()


GOODS = [
    *("--description", "A lamp of brass.", "--image-url", "/images/lamp.webp"),
    *("--illustration", "tablet", "--currency", "EUR"),
]


def test_a_product_is_created_as_asked(shop: Shop, admin: Command) -> None:
    conditions = ["--hold-seconds", "30", "--max-per-shopper", "2", "--sale-starts-at", "2026-11-27T09:00:00Z"]
    said = admin("create", "A lamp", "19.99", "60", *conditions, "--sale-ends-at", "2030-01-01T00:00:00+01:00", *GOODS)
    assert (said.code, said.err) == (0, "")
    identifier = said.cells()[0][0]
    assert (
        shop.get(f"/products/{identifier}").json.items()
        >= {
            "name": "A lamp",
            "price": 19.99,
            "totalStock": 60,
            "holdSeconds": 30,
            "maxPerShopper": 2,
            "saleStartsAt": "2026-11-27T09:00:00.000Z",
            "saleEndsAt": "2029-12-31T23:00:00.000Z",
            "description": "A lamp of brass.",
            "imageUrl": "/images/lamp.webp",
            "illustration": "tablet",
            "currency": "EUR",
        }.items()
    )


def test_only_the_given_members_of_a_product_are_changed(shop: Shop, admin: Command) -> None:
    before = shop.get(f"/products/{IPHONE}").json
    assert admin("change", IPHONE, "--price", "5", "--max-per-shopper", "3").code == 0
    assert shop.get(f"/products/{IPHONE}").json == {**before, "price": 5, "maxPerShopper": 3}
    assert admin("change", "iPhone 15 Pro Max", "--max-per-shopper", "none", "--name", "Phone").code == 0
    assert shop.get(f"/products/{IPHONE}").json == {**before, "price": 5, "name": "Phone"}


@pytest.mark.parametrize(("units", "left"), [("5", 15), ("-4", 6)])
def test_units_are_added_to_a_product_and_taken_out(shop: Shop, admin: Command, units: str, left: int) -> None:
    said = admin("restock", "iPhone 15 Pro Max", units)
    assert said.code == 0
    assert said.cells()[0][4:6] == [str(left), str(left)]
    assert shop.get(f"/products/{IPHONE}").json["totalStock"] == left


def test_a_name_that_two_products_have_is_refused(admin: Command, connection: Connection) -> None:
    first, second = factories.product(connection), factories.product(connection)
    said = admin("restock", "A product", "1")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith('2 products have the name "A product": use one of the ids')
    assert str(first) in said.err
    assert str(second) in said.err
    assert factories.available(connection, first) == factories.available(connection, second) == 10


def test_a_refusal_of_the_api_is_printed_with_its_reasons(admin: Command) -> None:
    short = admin("restock", IPHONE, "-11")
    assert (short.code, short.out) == (1, "")
    assert short.err == "Insufficient stock: 11 requested, 10 available.\n"
    wrong = admin("create", " ", "1.999", "-1")
    assert (wrong.code, wrong.out) == (1, "")
    lines = wrong.err.splitlines()
    assert lines[0] == "The request is not valid."
    assert {line.partition(":")[0].strip() for line in lines[1:]} == {"name", "price", "units"}
    assert admin("restock", IPHONE, "9999999").err.splitlines()[1].startswith("  units: ")
    wrong = admin("change", IPHONE, "--hold-seconds", "0", "--sale-ends-at", "soon", "--price", "-1").err
    assert {line.partition(":")[0].strip() for line in wrong.splitlines()[1:]} == {
        "--hold-seconds",
        "--sale-ends-at",
        "--price",
    }
    wrong = admin("create", "A lamp", "1", "1", "--currency", "euro", "--image-url", "http://a.test/x").err
    assert {line.partition(":")[0].strip() for line in wrong.splitlines()[1:]} == {"--currency", "--image-url"}
    assert admin("change", IPHONE, "--image-url", "https://a.test/x").err.splitlines()[1].startswith("  --image-url: ")


def test_a_change_of_nothing_says_what_can_be_changed(admin: Command) -> None:
    said = admin("change", IPHONE)
    assert said.code == 1
    assert said.err.startswith("Say what to change: --name, --price, --hold-seconds")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("iphone 15 pro max", 'Did you mean "iPhone 15 Pro Max"?'),
        ("iPhone", 'Did you mean "iPhone 15 Pro Max"'),
        ("Sony WH1000XM5", 'Did you mean "Sony WH-1000XM5 Headphones"?'),
        ("zzz", "`products` lists those that there are."),
        ("550e8400-e29b-41d4-a716-446655440009", "`products` lists those that there are."),
    ],
)
def test_a_name_that_is_not_found_is_answered_with_near_matches(admin: Command, typed: str, meant: str) -> None:
    said = admin("restock", typed, "1")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f'There is no product "{typed}". ')
    assert meant in said.err


def test_a_second_product_of_one_name_is_made_with_a_warning(admin: Command) -> None:
    assert admin("create", "A lamp", "1", "1").err == ""
    said = admin("create", "A lamp", "2", "2")
    assert said.code == 0
    assert said.err.startswith('Warning: 2 products have the name "A lamp".')
    assert admin("change", IPHONE, "--name", "A lamp").err.startswith("Warning: 3 products")
    assert admin("change", IPHONE, "--name", "Phone").err == ""


def test_a_product_is_retired_and_put_back(shop: Shop, admin: Command) -> None:
    said = admin("retire", "iPhone 15 Pro Max")
    assert (said.code, said.err) == (0, "")
    assert IPHONE not in {product["id"] for product in shop.get("/products").json}
    assert len(admin("products").cells()) == 5
    assert admin("products", "--all").cells()[-1][0] == IPHONE
    assert admin("retire", "iPhone 15 Pro Max", "--undo").code == 0
    assert len(admin("products").cells()) == 6


def test_a_new_product_may_have_the_name_of_a_retired_one(admin: Command) -> None:
    admin("retire", "iPhone 15 Pro Max")
    said = admin("create", "iPhone 15 Pro Max", "1", "7")
    assert said.err == ""
    assert admin("restock", "iPhone 15 Pro Max", "1").cells()[0][0] == said.cells()[0][0]


def test_a_restock_without_its_arguments_says_how(admin: Command, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (("", ""), ("A lamp", "")):
        with pytest.raises(SystemExit) as leaving:
            admin("restock", *arguments)
        assert leaving.value.code == 2
        assert 'make restock PRODUCT="A lamp" UNITS=5' in capsys.readouterr().err


def test_a_token_that_is_not_an_admins_is_refused_with_the_reason(
    shop: Shop, admin: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for token, reason in ((shop.as_shopper().token, "need an admin token"), ("nonsense", "valid")):
        monkeypatch.setenv("ADMIN_TOKEN", str(token))
        said = admin("audit")
        assert (said.code, said.out) == (1, "")
        assert reason in said.err


def test_the_audit_of_a_balanced_shop_succeeds(shop: Shop, admin: Command) -> None:
    shop.reserve(2)
    said = admin("audit")
    assert (said.code, said.err) == (0, "")
    assert ["iPhone 15 Pro Max", "10", "8", "2", "0", "yes", "yes"] in said.cells()


def test_the_audit_of_a_shop_that_lost_a_unit_fails(admin: Command, connection: Connection) -> None:
    connection.execute("UPDATE stock SET available = available + 1, total = total + 1 WHERE product_id = %s", [IPHONE])
    said = admin("audit")
    connection.execute("UPDATE stock SET available = available - 1, total = total - 1 WHERE product_id = %s", [IPHONE])
    assert said.code == 1
    assert said.err == "The stock of 1 of 6 products does not balance.\n"
    line = next(line for line in said.cells() if line[0] == "iPhone 15 Pro Max")
    assert line[5:7] == ["yes", "NO"]
    assert json.loads(line[7])["total"] == 10


@pytest.mark.parametrize(("limit", "shown"), [([], 3), (["--limit", "2"], 2)])
def test_changes_are_listed_newest_first(admin: Command, limit: list[str], shown: int) -> None:
    for units in ("1", "2", "3"):
        admin("restock", IPHONE, units)
    said = admin("changes", *limit)
    assert [line[1:] for line in said.cells()] == [
        ["ada", "restock", "iPhone 15 Pro Max", f'{{"quantity": {units}}}'] for units in (3, 2, 1)[:shown]
    ]


def test_every_refund_is_listed_over_several_pages(
    admin: Command, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.operate.desk.PAGE", 2)
    for number in range(5):
        refund_required(connection, f"pay-{number}", at=f"2026-11-27T09:00:0{number}Z")
    assert [line[1:3] for line in admin("refunds").cells()] == [
        [f"pay-{number}", "19.99"] for number in (4, 3, 2, 1, 0)
    ]


def test_control_characters_in_a_name_do_not_reach_the_terminal(admin: Command, connection: Connection) -> None:
    connection.execute("UPDATE products SET name = E'\\x1b[2J\\nLamp' WHERE id = %s", [IPHONE])
    said = admin("products")
    assert "\x1b" not in said.out
    assert len(said.out.splitlines()) == 7


def test_the_manual_names_every_command() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "infra.operate", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = (
        "products create change restock pause resume retire watch report audit changes holds release refunds refunded"
    )
    for name in names.split():
        assert f"    {name} " in shown.stdout


@pytest.mark.parametrize(
    "arguments",
    [[], ["sell"], ["restock", IPHONE], ["restock", IPHONE, "many"], ["change", IPHONE, "--hold-seconds", "x"]],
)
def test_wrong_arguments_end_with_the_usage(command: Command, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        command(*arguments)
    assert leaving.value.code == 2
