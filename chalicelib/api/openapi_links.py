"""Links of the OpenAPI document: which operations take the id in a reply."""

from chalicelib.formats import Json

_ID = "$response.body#/id"


def _link(operation: str, parameter: str, **more: Json) -> Json:
    return {"operationId": operation, "parameters": {parameter: _ID}, **more}


_LINKS: dict[str, Json] = {
    "Reservation": {
        "show": _link("getReservationsOne", "reservation_id"),
        "extend": _link("postReservationsOneExtend", "reservation_id"),
        "complete": _link("postReservationsOneComplete", "reservation_id", requestBody={}),
        "cancel": _link("postReservationsOneCancel", "reservation_id"),
        "release": _link("postAdminReservationsOneRelease", "reservation_id"),
    },
    "Product": {
        "reserve": {"operationId": "postReservations", "requestBody": {"productId": _ID, "quantity": 1}},
        "show": _link("getProductsOne", "product_id"),
        "change": _link("patchAdminProductsOne", "product_id"),
        "restock": _link("postAdminProductsOneRestock", "product_id"),
        "wait": _link("postProductsOneWaiters", "product_id", requestBody={"quantity": 100}),
    },
    "Waiter": {"leave": _link("postWaitersOneLeave", "waiter_id")},
}


def links(model: str) -> Json:
    """Return the links of a reply that has one object of this model."""
    return {"links": _LINKS[model]} if model in _LINKS else {}
