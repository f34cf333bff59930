"""Announcing offers: their expiry messages are sent for a second at most, and each is logged."""

from uuid import uuid4

import pytest

from chalicelib.aws import expiry_queue
from chalicelib.db.offers import Offer
from chalicelib.waiting_list.announce import announce
from tests.logs import logged


class SlowQueue:
    """Takes a message in 300 ms by a clock of its own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sent: list[object] = []

    def clock(self) -> float:
        return self.now

    def send_if_possible(self, reservation_id: object, _: float) -> bool:
        self.now += 0.3
        self.sent.append(reservation_id)
        return True


def test_messages_are_sent_for_a_second_and_every_offer_is_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = SlowQueue()
    monkeypatch.setattr(expiry_queue, "current", lambda: queue)
    offers = [Offer(*(uuid4() for _ in range(3)), 120) for _ in range(6)]
    with logged() as lines:
        announce(offers, queue.clock)
    assert queue.sent == [offer.reservation_id for offer in offers[:4]]
    assert lines.text.count('"offered"') == 6
