"""A fixed sale, as the API replies it, and the signals beside it."""

from typing import Any

from infra.operate.signals import Signals

LAMP, SHOE = "550e8400-e29b-41d4-a716-446655440000", "550e8400-e29b-41d4-a716-446655440001"


def product(**members: Any) -> dict[str, Any]:
    """Return a product that nobody has asked for, with these members instead."""
    minute = {"reserved": 0, "reservations": 0, "extended": 0, "completed": 0, "cancelled": 0, "restocked": 0}
    return {
        "id": LAMP,
        "name": "A lamp",
        "price": 20,
        "availableStock": 10,
        "totalStock": 10,
        "inStock": 10,
        "held": 0,
        "lapsed": 0,
        "sold": 0,
        "holdSeconds": 120,
        "maxPerShopper": None,
        "saleStartsAt": None,
        "saleEndsAt": None,
        "nextReleaseAt": None,
        "paused": False,
        "waiting": 5,
        "retiredAt": None,
        "lastMinute": {**minute, "expired": {"message": 0, "sweep": 0, "reclaim": 0}},
        "refused": {},
        "expiryLateness": None,
        "soldOutInSeconds": None,
        **members,
    }


MINUTE = {"reserved": 240, "reservations": 240, "extended": 1, "completed": 180, "cancelled": 12, "restocked": 0}
BUSY = product(
    availableStock=334,
    totalStock=2000,
    inStock=330,
    held=420,
    lapsed=4,
    sold=1250,
    nextReleaseAt="2026-11-27T09:01:07.000Z",
    lastMinute={**MINUTE, "expired": {"message": 5, "sweep": 2, "reclaim": 1}},
    refused={"limit-exceeded": 3},
    expiryLateness={"median": 0.31, "p90": 0.9, "p99": 1.26, "longest": 4.0},
    soldOutInSeconds=91.0,
)
GONE = product(
    id=SHOE,
    name="[bold]Shoe[/bold]",
    availableStock=0,
    totalStock=50,
    inStock=0,
    sold=50,
    refused={"insufficient-stock": 5120, "too-many-holds": 7},
    soldOutInSeconds=0.0,
)
OVER = product(id="x", name="Last year's", retiredAt="2025-11-27T09:00:00.000Z")
SALE = {
    "at": "2026-11-27T09:01:00.000Z",
    "windowSeconds": 60,
    "databaseConnections": {"open": 37, "allowed": 100},
    "products": [BUSY, GONE, OVER],
}
SIGNALS = Signals(
    "the functions' log",
    {"database busy": 2},
    "every unit in its place at 09:00:41",
)
