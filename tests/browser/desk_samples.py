"""A sale under way, in the shapes of the admin's API."""

import math
from itertools import starmap

from tests.browser.samples import Json, instant, product, reservation

SAMPLES = 60
SECONDS_BETWEEN = 10
SHOPPER = "770e8400-e29b-41d4-a716-446655440002"
CALM = {"reserved": 0, "reservations": 0, "extended": 0, "completed": 0, "cancelled": 0, "restocked": 0}
NO_LAPSES = {"message": 0, "sweep": 0, "reclaim": 0}


def live(position: int, *, sold: int = 0, held: int = 0, **members: object) -> Json:
    """Return a product of the sale with so many units sold and held; the others are available."""
    listed = product(position, **members)
    left = listed["totalStock"] - sold - held
    units = {"availableStock": left, "inStock": left, "held": held, "lapsed": 0, "sold": sold}
    quiet = {"lastMinute": {**CALM, "expired": NO_LAPSES}, "refused": {}}
    quiet |= {"expiryLateness": None, "soldOutInSeconds": None}
    return {**quiet, "retiredAt": None, **listed, **units}


def busy(listed: Json, highest: int, sample: int) -> Json:
    """Return the product at one sample of the last ten minutes: a rush, then fewer and fewer, with some noise."""
    share = _share(sample)
    reserved, paid = round(highest * share), round(0.7 * highest * _share(sample - 5))
    lapsed = {"message": round(highest / 16), "sweep": round(highest / 40), "reclaim": 0}
    minute = {**CALM, "reserved": reserved, "reservations": reserved, "completed": paid}
    late = {"median": 0.31, "p90": 0.8, "p99": 1.26, "longest": 2.4}
    seconds = listed["availableStock"] * 60 / max(1, reserved - sum(lapsed.values()))
    figures = {"cancelled": round(highest / 20), "extended": round(highest / 12), "expired": lapsed}
    return {
        **listed,
        "lastMinute": {**minute, **figures},
        "refused": {"insufficient-stock": 4 * reserved, "limit-exceeded": round(reserved / 9)},
        "expiryLateness": late,
        "soldOutInSeconds": round(seconds, 1),
    }


def _share(sample: int) -> float:
    """Return a value from 0 to 1 for a sample: nothing before the start, the rush, then a slow end."""
    after = sample - 12
    if after < 0:
        return 0.0
    rise = 1 - math.exp(-after / 3)
    return (
        rise * (0.3 + 0.6 * math.exp(-after / 22)) * (1 + 0.12 * math.sin(after * 1.7) + 0.08 * math.sin(after * 0.6))
    )


def sale(sample: int) -> Json:
    """Return the sale at one of the samples. The last one is now."""
    phone = live(0, totalStock=400, sold=206, held=58, maxPerShopper=2, nextReleaseAt=instant(7))
    tablet = live(4, totalStock=120, sold=104, held=16, nextReleaseAt=instant(19))
    buds = live(5, totalStock=600, sold=171, held=44, maxPerShopper=4, nextReleaseAt=instant(31))
    products = [
        busy(buds, 96, sample),
        {**busy(tablet, 22, sample), "soldOutInSeconds": 0.0},
        busy(phone, 128, sample),
        live(2, totalStock=80, sold=31, held=5, paused=True, nextReleaseAt=instant(48)),
        live(1, totalStock=150, saleStartsAt=instant(754)),
        live(3, totalStock=60, sold=60, saleEndsAt=instant(-240)),
    ]
    return {
        "at": instant((sample - SAMPLES) * SECONDS_BETWEEN),
        "windowSeconds": 60,
        "databaseConnections": {"open": 37, "allowed": 100},
        "products": products,
    }


def audit() -> list[Json]:
    """Return a balanced audit."""
    return [{"name": "all", "balanced": True, "journalAgrees": True}]


def found() -> list[Json]:
    """Return what a shopper has reserved."""
    held = reservation(1, 0, 74, quantity=2)
    paid = reservation(2, 5, -300, status="COMPLETED", completedAt=instant(-330))
    gone = reservation(3, 4, -800, status="CANCELLED", cancelledAt=instant(-850))
    ended = [(held, None, None), (paid, paid["completedAt"], "shopper"), (gone, gone["cancelledAt"], "admin")]
    return list(starmap(_as_admins_see_it, ended))


def _as_admins_see_it(seen: Json, ended_at: str | None, ended_by: str | None) -> Json:
    price = seen["quantity"] * seen["unitPrice"]
    return {
        **seen,
        "shopperId": SHOPPER,
        "totalPrice": price,
        "currency": "USD",
        "endedAt": ended_at,
        "endedBy": ended_by,
    }


def refunds(status: str) -> list[Json]:
    """Return refunds that are open or settled."""
    settled = (
        {"settledAt": instant(-400), "settledBy": "grace"}
        if status == "settled"
        else {"settledAt": None, "settledBy": None}
    )
    rows = [("pay_8f31c2", 1199, -95), ("pay_77d0ae", 2198, -260), ("pay_1b94f0", 249, -1300)]
    return [
        {
            "paymentReference": reference,
            "reservationId": reservation(place, 0, 0)["id"],
            "amount": amount,
            "currency": "USD",
            "recordedAt": instant(seconds),
            **settled,
        }
        for place, (reference, amount, seconds) in enumerate(rows, start=1)
    ]


def changes() -> list[Json]:
    """Return what operators did."""
    rows = [
        ("MacBook Air M3", "change", {"paused": True}, "ada", -40),
        ("iPhone 15 Pro Max", "restock", {"quantity": 100}, "grace", -210),
        ("AirPods Pro (2nd Gen)", "change", {"maxPerShopper": 4, "holdSeconds": 90}, "ada", -900),
        ("Samsung Galaxy S24 Ultra", "change", {"saleStartsAt": instant(754), "saleEndsAt": None}, "ada", -2400),
        ("Sony WH-1000XM5 Headphones", "restock", {"quantity": -20}, "grace", -5400),
        ('iPad Pro 12.9"', "create", {"name": 'iPad Pro 12.9"', "price": 1099, "totalStock": 120}, "grace", -90_000),
    ]
    return [
        {
            "id": len(rows) - place,
            "madeAt": instant(seconds),
            "madeBy": name,
            "productId": reservation(place, 0, 0)["productId"],
            "productName": product_name,
            "action": action,
            "details": details,
        }
        for place, (product_name, action, details, name, seconds) in enumerate(rows)
    ]
