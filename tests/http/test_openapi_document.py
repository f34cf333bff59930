"""The description of the API, as a document."""

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from app import app
from chalicelib.api.schemas import PAGE_MAX
from chalicelib.db.reservations import QUANTITY_MAX, ReservationStatus
from chalicelib.formats import Json
from infra import openapi as written
from tests.http.gateway import event
from tests.http.hold_requests import COMPLETE, NOBODYS
from tests.http.routes import Route
from tests.http.shop import IPHONE, Shop


@pytest.fixture
def document(unchanged_shop: Shop) -> Json:
    """Ask the service for its description."""
    described = unchanged_shop.send(event("GET", "/openapi.json")).json
    assert isinstance(described, dict)
    return described


def test_it_is_valid_openapi_3_1(document: Json) -> None:
    assert document["openapi"].startswith("3.1.")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_it_lists_exactly_the_routes_of_the_application(document: Json) -> None:
    described = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    assert described == {(path, method) for path, methods in app.routes.items() for method in methods}


def test_operations_have_different_names(document: Json) -> None:
    names = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names)) == sum(len(methods) for methods in app.routes.values())


def test_every_path_parameter_is_described(document: Json) -> None:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            named = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "path"}
            assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}


def test_every_operation_on_one_thing_is_linked_from_the_reply_that_creates_it(document: Json) -> None:
    for creating, name in (
        ("/reservations", "reservation_id"),
        ("/admin/products", "product_id"),
        ("/products/{product_id}/waiters", "waiter_id"),
    ):
        links = document["paths"][creating]["post"]["responses"]["201"]["links"].values()
        linked = {link["operationId"] for link in links if name in link.get("parameters", {})}
        assert linked == {
            operation["operationId"]
            for path, methods in document["paths"].items()
            for operation in methods.values()
            if f"{{{name}}}" in path
        }


def test_the_lists_parameters_say_what_is_allowed(document: Json) -> None:
    parameters = document["paths"]["/reservations"]["get"]["parameters"]
    schemas = {parameter["name"]: parameter["schema"] for parameter in parameters}
    assert schemas.keys() == {"status", "limit", "after"}
    assert schemas["status"]["enum"] == list(ReservationStatus)
    assert (schemas["limit"]["minimum"], schemas["limit"]["maximum"], schemas["limit"]["default"]) == (1, PAGE_MAX, 50)


def is_valid(document: Json, path: str, body: object) -> bool:
    """Return whether a body fits the schema of the requests to a path."""
    content = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    return bool(OAS31Validator({**content["schema"], "components": document["components"]}).is_valid(body))


def test_the_schema_of_a_reserve_allows_what_the_service_does(document: Json, unchanged_shop: Shop) -> None:
    for body, allowed in (
        *(({"productId": str(NOBODYS), "quantity": quantity}, True) for quantity in (1, QUANTITY_MAX)),
        *(({"productId": IPHONE, "quantity": quantity}, False) for quantity in (0, 101, "1", True, None, 1.5)),
        *((body, False) for body in ({}, [], {"productId": IPHONE}, {"productId": 1, "quantity": 1})),
        ({"productId": IPHONE, "quantity": 1, "more": 1}, False),
    ):
        assert is_valid(document, "/reservations", body) == allowed, body
        assert unchanged_shop.post("/reservations", body).status == (404 if allowed else 400), body


def test_a_body_is_described_as_required_where_the_service_needs_one(shop: Shop) -> None:
    required = {}
    for path, methods in written.openapi.document(app.routes)["paths"].items():
        for method, operation in methods.items():
            if "requestBody" in operation:
                caller = Route(method.upper(), path).caller(shop)
                refused = caller.send(event(method.upper(), path, IPHONE)).status == 400
                required[path, method] = (operation["requestBody"]["required"], refused)
    assert required[COMPLETE, "post"] == required["/shoppers", "post"] == (False, False)
    assert all(said == refused for said, refused in required.values())


def test_the_schema_of_a_completion_allows_what_the_service_does(document: Json, unchanged_shop: Shop) -> None:
    path = COMPLETE.replace("{reservation_id}", str(NOBODYS))
    for body, allowed in (
        *(({"paymentReference": reference}, True) for reference in ("!", "~" * 255, None)),
        *(({"paymentReference": reference}, False) for reference in ("", " ", "~" * 256, "é", 1, True, [])),
        *(({}, True), ([], False), ({"paymentReference": "a", "more": 1}, False)),
    ):
        assert is_valid(document, COMPLETE, body) == allowed, body
        assert unchanged_shop.post(path, body).status == (404 if allowed else 400), body


def test_the_shops_copy_is_up_to_date() -> None:
    assert written.TARGET.read_text(encoding="utf-8") == written.text(), "stale: run make openapi"


def test_the_shops_copy_is_what_the_service_answers(document: Json) -> None:
    assert document == written.openapi.document(app.routes)
