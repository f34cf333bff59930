"""Products and reservations in the shapes of the API, changed where a scene says so."""

from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.catalog.sample_data import PRODUCTS
from chalicelib.formats import rfc3339

type Json = dict[str, Any]

LAST_DIGIT = "550e8400-e29b-41d4-a716-44665544000"
HOLD_SECONDS = 120
WARNING_SECONDS = 30


def instant(seconds: float) -> str:
    """Write the instant so many seconds from now as the API does."""
    return rfc3339(datetime.now(UTC) + timedelta(seconds=seconds))


def later(written: str, seconds: float) -> str:
    """Write the instant so many seconds after another."""
    return rfc3339(datetime.fromisoformat(written) + timedelta(seconds=seconds))


def product(position: int, **changes: object) -> Json:
    """Return a sample product."""
    sample = PRODUCTS[position]
    shown = {"id": sample.id, "name": sample.name, "price": sample.price, "currency": "USD", "imageUrl": None}
    drawn = {"description": sample.description, "illustration": sample.illustration}
    stock = {"availableStock": sample.units, "totalStock": sample.units, "nextReleaseAt": None, "paused": False}
    open_sale = {"holdSeconds": HOLD_SECONDS, "maxPerShopper": None, "saleStartsAt": None, "saleEndsAt": None}
    return {**shown, **drawn, **stock, **open_sale, "waiting": 0, **changes}


def reservation(number: int, position: int, left: float, **changes: object) -> Json:
    """Return a reservation of a sample product with so many seconds left."""
    sample = PRODUCTS[position]
    product_of = {"productId": sample.id, "productName": sample.name, "unitPrice": sample.price}
    made = {"id": f"{LAST_DIGIT[:-1]}1{number}", **product_of}
    times = {
        "createdAt": instant(left - HOLD_SECONDS),
        "extendableAt": instant(left - WARNING_SECONDS),
        "expiresAt": instant(left),
    }
    ends = {"completedAt": None, "cancelledAt": None, "expiredAt": None, "extensionsLeft": 0, "replaces": None}
    return {**made, **times, **ends, "quantity": 1, "status": "ACTIVE", **changes}


def waiter(position: int, place: int | None, **changes: object) -> Json:
    """Return an entry in the waiting list of a sample product, with its place in line."""
    awaited = PRODUCTS[position]
    entry = {"id": f"{LAST_DIGIT[:-1]}2{position}", "productId": awaited.id, "productName": awaited.name, "quantity": 1}
    ends = {"reason": None, "endedAt": None, "reservationId": None, "earliestOfferAt": None}
    return {**entry, **ends, "status": "WAITING", "position": place, "createdAt": instant(-60), **changes}


def extended(hold: Json) -> Json:
    """Return a hold as it reads once it has been kept for longer."""
    times = {name: later(hold[name], HOLD_SECONDS) for name in ("extendableAt", "expiresAt")}
    return {**hold, **times, "extensionsLeft": hold["extensionsLeft"] - 1}


def bought(hold: Json) -> Json:
    """Return a hold as it reads once it has been paid for."""
    return {**hold, "status": "COMPLETED", "completedAt": instant(0), "extensionsLeft": 0}


def without(reservations: list[Json], sold: Json) -> Json:
    """Return a product as it reads once these reservations have taken their units of it."""
    taken = sum(each["quantity"] for each in reservations if each["productId"] == sold["id"] and _keeps_its_units(each))
    return {**sold, "availableStock": min(sold["availableStock"], sold["totalStock"] - taken)}


def _keeps_its_units(told: Json) -> bool:
    return told["status"] == "COMPLETED" or (told["status"] == "ACTIVE" and told["expiresAt"] > instant(0))


def timeline(told: Json) -> list[Json]:
    """Return what happened to a reservation; one that expired was extended, and taken back by a reserve."""
    entries = [("RESERVED", told["createdAt"], "shopper")]
    match told["status"]:
        case "COMPLETED":
            entries.append(("COMPLETED", told["completedAt"], "shopper"))
        case "CANCELLED":
            entries.append(("CANCELLED", told["cancelledAt"], "shopper"))
        case "EXPIRED":
            entries.append(("EXTENDED", later(told["createdAt"], HOLD_SECONDS - 18), "shopper"))
            entries.append(("LAPSED", told["expiresAt"], "clock"))
            entries.append(("EXPIRED", later(told["expiresAt"], 4), "reclaim"))
    return [{"event": event, "at": at, "by": by} for event, at, by in entries]


def problem(status: int, name: str, **members: object) -> Json:
    """Return an error as the API writes it."""
    return {"type": f"urn:flash-sale:problem:{name}", "title": name, "status": status, "detail": name, **members}
