"""Products and their live stock, made for a shared cache."""

import pytest
from psycopg import Connection

from tests import factories
from tests.http.shop import IPHONE, Shop

MEMBERS = {
    *("id", "name", "price", "availableStock", "totalStock", "holdSeconds", "maxPerShopper"),
    *("saleStartsAt", "saleEndsAt", "nextReleaseAt", "paused", "waiting"),
    *("description", "imageUrl", "illustration", "currency"),
}


def iphone(shop: Shop) -> dict[str, object]:
    product = shop.get(f"/products/{IPHONE}").json
    assert isinstance(product, dict)
    return product


def test_products_are_listed_by_name_with_every_member(shop: Shop) -> None:
    products = shop.get("/products").json
    assert [product["name"] for product in products] == sorted(product["name"] for product in products)
    assert len(products) == 6
    assert all(product.keys() == MEMBERS for product in products)


def test_a_single_product_reads_as_in_the_list(shop: Shop) -> None:
    listed = next(product for product in shop.get("/products").json if product["id"] == IPHONE)
    assert iphone(shop) == listed
    assert listed == {
        "id": IPHONE,
        "name": "iPhone 15 Pro Max",
        "price": 1199,
        "availableStock": 10,
        "totalStock": 10,
        "holdSeconds": 120,
        "maxPerShopper": None,
        "saleStartsAt": None,
        "saleEndsAt": None,
        "nextReleaseAt": None,
        "paused": False,
        "waiting": 0,
        "description": "A large phone with three cameras and a titanium frame.",
        "imageUrl": None,
        "illustration": "phone-triple",
        "currency": "USD",
    }


@pytest.mark.parametrize(("price", "number"), [("19.99", "19.99"), ("5.00", "5"), ("0", "0"), ("0.10", "0.1")])
def test_prices_are_numbers_with_no_more_decimals_than_needed(
    shop: Shop, connection: Connection, price: str, number: str
) -> None:
    reply = shop.get(f"/products/{factories.product(connection, price=price)}")
    assert f'"price":{number},' in reply.body


def test_a_hold_takes_units_and_sets_the_next_release(shop: Shop) -> None:
    first, _ = shop.reserve(2), shop.reserve(3)
    assert iphone(shop).items() >= {"availableStock": 5, "totalStock": 10, "nextReleaseAt": first["expiresAt"]}.items()


def test_units_of_a_lapsed_hold_are_available_before_any_job_ran(shop: Shop, connection: Connection) -> None:
    product_id = factories.product(connection, 5)
    factories.lapsed(connection, product_id, 2)
    factories.completed(connection, product_id, 1)
    product = shop.get(f"/products/{product_id}").json
    assert (product["availableStock"], product["totalStock"], product["nextReleaseAt"]) == (4, 5, None)


@pytest.mark.parametrize("path", ["/products", f"/products/{IPHONE}"])
def test_shared_caches_keep_products_for_a_second_and_browsers_ask_again(shop: Shop, path: str) -> None:
    reply = shop.get(path)
    assert reply.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert reply.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("path", ["/products", f"/products/{IPHONE}"])
def test_a_caller_with_the_current_state_gets_304_until_it_changes(shop: Shop, path: str) -> None:
    tag = shop.get(path).headers["ETag"]
    same = shop.get(path, If_None_Match=tag)
    assert (same.status, same.body, same.headers["ETag"]) == (304, "", tag)
    assert same.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    shop.reserve()
    changed = shop.get(path, If_None_Match=tag)
    assert changed.status == 200
    assert changed.headers["ETag"] != tag


def test_a_shop_without_products_lists_none(shop: Shop, connection: Connection) -> None:
    connection.execute("DELETE FROM stock")
    connection.execute("DELETE FROM products")
    assert shop.get("/products").json == []
