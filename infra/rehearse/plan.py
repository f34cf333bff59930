"""What shoppers intend to do with a hold, and with what probability."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Intent(StrEnum):
    """What a shopper does with a hold."""

    PAY = "pay"
    ABANDON = "abandon"  # close the tab
    WATCH = "watch"  # leave the tab open until the lapse
    CANCEL = "cancel"
    EXTEND = "extend"  # and pay after the hold would have lapsed
    PAY_LATE = "pay late"  # after the lapse


SHARES = {
    Intent.PAY: 45,
    Intent.ABANDON: 20,
    Intent.WATCH: 10,
    Intent.CANCEL: 10,
    Intent.EXTEND: 10,
    Intent.PAY_LATE: 5,
}
"""Percent of the shoppers."""
LOSES_REPLY = 0.15
PRESSES_TWICE = 0.05
WANTS_TWO = 0.15
WAITS_FOR_RELEASE = 0.5
JOINS_LIST = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """The decisions of one shopper."""

    intent: Intent
    quantity: int
    loses_reply: bool
    """The first reply to the reserve is lost; the same request is sent again."""
    presses_twice: bool
    """Two requests with the same key at once."""
    waits_for_release: bool
    """After a refusal for lack of stock, waits for the next release and tries again."""
    joins_list: bool
    """After such a refusal, joins the waiting list instead."""


def plan(chance: Random) -> Plan:
    """Return the decisions of a shopper by chance."""
    return Plan(
        chance.choices(list(SHARES), list(SHARES.values()))[0],
        2 if chance.random() < WANTS_TWO else 1,
        chance.random() < LOSES_REPLY,
        chance.random() < PRESSES_TWICE,
        chance.random() < WAITS_FOR_RELEASE,
        chance.random() < JOINS_LIST,
    )
