"""What one shopper asked and was told. The verdict compares it with the stage's own account."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any


class Action(StrEnum):
    """What a shopper asks of the API."""

    RESERVE = "reserve"
    EXTEND = "extend"
    COMPLETE = "complete"
    CANCEL = "cancel"
    LIST = "list"
    JOIN = "join"
    LEAVE = "leave"
    LIST_WAITERS = "list waiters"


OF_WAITING_LISTS = {Action.JOIN, Action.LEAVE, Action.LIST_WAITERS}
"""Their answers describe entries, not reservations."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one request, and between which times of the stage's clock the stage dealt with it."""

    status: int
    """The HTTP status; 0 if there was no reply."""
    body: Any
    earliest: datetime
    latest: datetime
    seconds: float
    retry_after: float = 0

    @property
    def is_success(self) -> bool:
        """Whether the stage did what was asked."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def problem(self) -> str:
        """The name of the problem, or an empty text if the reply is none."""
        kind = self.body.get("type") if isinstance(self.body, dict) else None
        return str(kind).rpartition(":")[2] if kind and not self.is_success else ""

    @property
    def is_unavailable(self) -> bool:
        """Whether the shop would send the request again: no reply, a server error, or too many requests."""
        return self.status in (0, HTTPStatus.TOO_MANY_REQUESTS) or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR

    @property
    def refund_required(self) -> bool:
        """Whether the payment of the request bought nothing."""
        return bool(self.problem) and self.body.get("refundRequired") is True


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer."""

    action: Action
    answer: Answer
    quantity: int = 0
    key: str = ""
    """The idempotency key of a reserve."""
    reservation_id: str = ""
    reference: str = ""
    """The payment of a complete."""

    def reservations(self) -> list[dict[str, Any]]:
        """Return the reservations that the answer describes."""
        if not self.answer.is_success or self.action in OF_WAITING_LISTS:
            return []
        return list(self.answer.body) if self.action is Action.LIST else [self.answer.body]


@dataclass(slots=True)
class Record:
    """The exchanges of one shopper, in the order of their answers."""

    number: int
    token: str = field(repr=False)
    exchanges: list[Exchange] = field(default_factory=list)

    def of(self, action: Action) -> Iterator[Exchange]:
        """Yield the exchanges of one kind."""
        return (exchange for exchange in self.exchanges if exchange.action is action)

    def last_heard(self) -> dict[str, dict[str, Any]]:
        """Return for each reservation that the shopper made what the stage last said of it."""
        return {
            reservation["id"]: reservation for exchange in self.exchanges for reservation in exchange.reservations()
        }

    def unanswered(self, action: Action) -> set[str]:
        """Return the keys or references of requests whose every attempt went without an answer of the API."""
        asked: dict[str, bool] = {}
        for exchange in self.of(action):
            name = exchange.key or exchange.reference or exchange.reservation_id
            asked[name] = asked.get(name, False) or not exchange.answer.is_unavailable
        return {name for name, answered in asked.items() if not answered}
