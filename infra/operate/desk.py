"""Shoppers' holds and refunds, as an operator finds and ends them."""

import argparse
from difflib import get_close_matches
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode

from infra.operate.products import LEAST_LIKENESS, SUGGESTIONS, find
from infra.operate.stage import Stage
from infra.operate.tables import Columns
from infra.problems import PlatformError

PAGE, HOLDS_PAGE = 200, 100  # the most that one reply lists, of reservations the latter
_NAMES = {"shopperId": "--shopper", "reservationId": "--reservation", "productId": "--product"}

HOLD: Columns = {
    "reservation": lambda hold: hold["id"],
    "product": lambda hold: hold["productName"],
    "units": lambda hold: hold["quantity"],
    "price": lambda hold: hold["totalPrice"],
    "status": lambda hold: hold["status"],
    "made at": lambda hold: hold["createdAt"],
    "lapses at": lambda hold: hold["expiresAt"],
    "ended at": lambda hold: hold["endedAt"],
    "by": lambda hold: hold["endedBy"],
    "shopper": lambda hold: hold["shopperId"],
}
REFUND: Columns = {
    "recorded at": lambda refund: refund["recordedAt"],
    "payment": lambda refund: refund["paymentReference"],
    "amount": lambda refund: refund["amount"],
    "reservation": lambda refund: refund["reservationId"],
    "refunded at": lambda refund: refund["settledAt"],
    "by": lambda refund: refund["settledBy"],
}


def holds(api: Stage, given: argparse.Namespace) -> list[Any]:
    """Return the newest reservations that the arguments choose. Raise PlatformError as `find` and `Stage.get` do."""
    if given.limit < 1:
        raise PlatformError("--limit must be 1 or more.")
    if given.product is not None:
        chosen = {"productId": find(api, given.product)["id"], "status": "ACTIVE"}
    elif given.shopper is not None:
        chosen = {"shopperId": given.shopper}
    else:
        chosen = {"reservationId": given.reservation}
    query = urlencode({**chosen, "limit": min(given.limit, HOLDS_PAGE)})
    return list(islice(api.pages(f"/admin/reservations?{query}", _NAMES), given.limit))


def release(api: Stage, reservation: str) -> Any:
    """Release a hold and return it. Raise PlatformError as `Stage.send` does."""
    return api.send("POST", f"/admin/reservations/{quote(reservation, safe='')}/release", None)


def refunds(api: Stage, *, open_only: bool) -> list[Any]:
    """Return the payments to refund, newest first."""
    return list(api.pages(f"/admin/refunds?limit={PAGE}{'&status=open' if open_only else ''}"))


def refunded(api: Stage, payment: str) -> Any:
    """Record that a payment has been refunded, and return it. Raise PlatformError with near matches."""
    listed = [refund["paymentReference"] for refund in refunds(api, open_only=False)]
    if payment not in listed:
        near = get_close_matches(payment, listed, SUGGESTIONS, LEAST_LIKENESS)
        meant = f"Did you mean {' or '.join(near)}?" if near else "`refunds --open` lists those that there are."
        raise PlatformError(f'No payment "{payment}" is to be refunded. {meant}')
    return api.send("POST", f"/admin/refunds/{quote(payment, safe='')}/settle", None)
