"""A fixed report, as it is written as JSON."""

from typing import Any

from tests.operate.sales import LAMP

ORDER = {"requests": 940, "overtaken": 12, "median_places": 1, "p99_places": 9, "points": [(0, 1), (1, 0), (2, 2)]}
LOG = {
    "reserved": 520,
    "refused": {"insufficient-stock": 400, "limit-exceeded": 20},
    "database": {"median": 1.5, "p99": 9.25, "longest": 40.0},
    "function": {"median": 2.5, "p99": 12.0, "longest": 55.5},
    "answer": {"median": 30.0, "p99": 900.0, "longest": 1500.0},
    "order": ORDER,
}
SOLD = {
    "productId": LAMP,
    "name": "A <lamp>",
    "total": 500,
    "events": {
        "reserved": 560,
        "reservations": 540,
        "extended": 3,
        "completed": 480,
        "cancelled": 30,
        "restocked": 0,
        "expired": {"message": 25, "sweep": 4, "reclaim": 1},
    },
    "sellThrough": 0.96,
    "firstReservedAt": "2026-11-27T09:00:00.010Z",
    "lastReservedAt": "2026-11-27T09:03:00.000Z",
    "soldOutAt": "2026-11-27T09:00:12.510Z",
    "secondsToSoldOut": 12.5,
    "expiryLateness": {"median": 0.3, "p90": 0.8, "p99": 1.2, "longest": 4.5},
    "buyers": {"shoppers": 400, "units": 470, "anonymousUnits": 10, "ofTheTop": 47, "ofTheTopTen": 94},
    "timeline": [
        {"at": "2026-11-27T09:00:00.010Z", "reserved": 500, "completed": 100, "returned": 0},
        {"at": "2026-11-27T09:02:00.010Z", "reserved": 60, "completed": 380, "returned": 60},
    ],
    "log": LOG,
}
ADDRESSES = {"tokens": 450, "addresses": 90, "ofTheTop": 45, "ofTheTopTen": 180, "since": "2026-11-27T09:00:00.000Z"}
REPORT: dict[str, Any] = {
    "since": None,
    "until": "2026-11-27T09:30:00.000Z",
    "addresses": ADDRESSES,
    "products": [SOLD],
    "unknown": ["Who reserved from which address: <not> kept."],
}
