"""Join: wait for units of a product that can't be reserved now."""

from dataclasses import dataclass

from chalicelib.db import waiters
from chalicelib.db.connection import Connection
from chalicelib.db.waiters import JoinRequest, ListPolicy, Waiter
from chalicelib.errors import AlreadyWaiting, FlashSaleError, InStock, NotFound, TooManyJoins, WaitingListFull
from chalicelib.formats import Json
from chalicelib.lifecycle.reserve import named, refusal
from chalicelib.log import logger


@dataclass(frozen=True, slots=True)
class Joined:
    """An entry in a waiting list. `replayed` is true if the shopper had it before this request."""

    waiter: Waiter
    replayed: bool


def join(connection: Connection, request: JoinRequest, policy: ListPolicy) -> Joined:
    """Return the shopper's entry in the waiting list of a product. Idempotent. A refusal is logged.

    Raises NotFound, AlreadyWaiting, InStock, WaitingListFull, TooManyJoins, and of a reserve's errors SalePaused,
    SaleNotOpen, LimitExceeded, CoolingDown and TooManyHolds.
    """
    result = waiters.join(connection, request, policy)
    match result.outcome:
        case "joined" | "replayed":
            return Joined(result.waiter, result.outcome == "replayed")
        case "not-found":
            raise NotFound
        case "already-waiting":
            raise AlreadyWaiting(result.waiter.id, result.waiter.quantity)
    reason = named(result.refusal or {})
    asked = {"product_id": str(request.product_id), "product": reason["product_name"], "quantity": request.quantity}
    logger.info("join refused", extra={**asked, "reason": reason["reason"]})
    raise _refusal(request.quantity, reason)


def _refusal(quantity: int, reason: Json) -> FlashSaleError:
    match reason["reason"]:
        case "in-stock":
            return InStock(reason["available"])
        case "waiting-list-full":
            return WaitingListFull(reason["limit"])
        case "too-many-joins":
            return TooManyJoins()
    return refusal(quantity, reason)
